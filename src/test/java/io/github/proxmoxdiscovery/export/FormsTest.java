package io.github.proxmoxdiscovery.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The small parts of what is served. */
class FormsTest {

    @Test
    void aCellIsQuotedWhereItMustAndIsNeverAFormula() {
        assertThat(Csv.cell("a b")).isEqualTo("a b");
        assertThat(Csv.cell("a,\"b\"")).isEqualTo("\"a,\"\"b\"\"\"");
        assertThat(Csv.cell("=1+1")).isEqualTo("'=1+1");
        assertThat(Csv.cell("\t=1,")).isEqualTo("\"'\t=1,\"");
    }

    @Test
    void aLabelIsOneOfRfc1123() {
        assertThat(DnsName.label("Web_1.example.com", "vm-1")).isEqualTo("web-1");
        assertThat(DnsName.label("WPAD.x", "vm-1")).isEqualTo("vm-1");
        assertThat(DnsName.label("-\u0000-", "vm-1")).isEqualTo("vm-1");
        assertThat(DnsName.label("101", "vm-1")).isEqualTo("vm-1");
        assertThat(DnsName.with("x".repeat(63), "101")).hasSize(63).endsWith("x-101");
    }

    @Test
    void aQueryThatIsNotWellFormedIsRefused() throws Exception {
        assertThat(Query.of("tag=a%2Cb&tag=c").list("tag")).containsExactly("a", "b", "c");
        for (String wrong : List.of("name=%zz", "name", "name=%20")) {
            assertThatThrownBy(() -> Query.of(wrong)).isInstanceOf(BadQueryException.class);
        }
    }

    @Test
    void aNameOfAStrangerIsNotOurs() {
        for (String ours : List.of("127.0.0.1:8088", "LOCALHOST", "[::1]", "10.0.0.1", "pve.lab:8088")) {
            assertThat(HostHeader.isOurs(ours, "pve.lab")).as(ours).isTrue();
        }
        for (String other : List.of("evil.example", "127.0.0.1.evil.example", "localhost@evil", "", "a:b:c", "[::1")) {
            assertThat(HostHeader.isOurs(other, "127.0.0.1")).as(other).isFalse();
        }
    }

    @Test
    void aStreamIsWhatWasPutIntoIt() throws Exception {
        List<String> chunks = Collections.nCopies(5000, "äöü, ");
        String whole = String.join("", chunks);
        assertThat(new ChunkStream(chunks.iterator(), false).readAllBytes())
                .isEqualTo(whole.getBytes(StandardCharsets.UTF_8));
        byte[] zipped = new ChunkStream(chunks.iterator(), true).readAllBytes();
        assertThat(zipped).hasSizeLessThan(2000);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes())
                .isEqualTo(whole.getBytes(StandardCharsets.UTF_8));
    }
}
