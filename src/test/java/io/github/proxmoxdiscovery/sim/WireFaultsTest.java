package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WireFaultsTest {

    private static final String VERSION = "/version";

    private final SimulatedCluster cluster = Samples.cluster().start();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void sendsElsewhere() throws IOException {
        cluster.fault(VERSION, Fault.redirect("https://127.0.0.1:9/login"));
        RawClient.Reply reply = get();
        assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 301 Moved Permanently");
        assertThat(reply.header("Location")).containsExactly("https://127.0.0.1:9/login");
    }

    @Test
    void saysThatNobodyIsThereAndWhenToAskAgain() throws IOException {
        cluster.fault(VERSION, Fault.unavailable(Duration.ofSeconds(3)));
        RawClient.Reply reply = get();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).containsExactly("3");
    }

    @Test
    void showsALoginPageWithStatus200() throws IOException {
        cluster.fault(VERSION, Fault.loginPage());
        RawClient.Reply reply = get();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).containsExactly("text/html;charset=UTF-8");
        assertThat(reply.body()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void endsAtAnyByteOfTheHeadAsOfTheBody() throws IOException {
        String whole = all();
        for (int length : new int[] {0, 1, 12, 40, whole.length() - 1}) {
            cluster.fault(VERSION, WireFaults.cutAt(length));
            // The order of keys in the body is another each time.
            assertThat(all()).hasSize(length).startsWith(whole.substring(0, Math.min(length, 40)));
        }
    }

    @Test
    void dripsTheHeadToo() throws IOException {
        String whole = all();
        cluster.fault(VERSION, WireFaults.dripAll(Duration.ZERO));
        assertThat(all()).hasSameSizeAs(whole).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void changesTheBody() throws IOException {
        cluster.fault(VERSION, WireFaults.body(body -> "[]".getBytes(StandardCharsets.UTF_8)));
        assertThat(get().body()).isEqualTo("[]");
    }

    @Test
    void sendsBytesThatAreNoUtf8() throws IOException {
        cluster.fault(VERSION, WireFaults.invalidUtf8());
        ByteBuffer bytes = ByteBuffer.wrap(get().bytes());
        assertThatThrownBy(() -> StandardCharsets.UTF_8.newDecoder().decode(bytes))
                .isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void sendsChunks() throws IOException {
        cluster.fault(VERSION, WireFaults.chunked());
        assertThat(all()).contains("Transfer-Encoding: chunked\r\n").endsWith("\r\n0\r\n\r\n");
    }

    @Test
    void leavesOutTheLastChunks() throws IOException {
        cluster.fault(VERSION, WireFaults.chunkedAndCut(20));
        String cut = all();
        assertThat(cut.substring(cut.indexOf("\r\n\r\n") + 4)).hasSize(20).doesNotEndWith("0\r\n\r\n");
    }

    @Test
    void compressesAShortBodyUnasked() throws IOException {
        cluster.fault(VERSION, WireFaults.gzip());
        RawClient.Reply reply = get();
        assertThat(reply.header("Content-Encoding")).containsExactly("gzip");
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(reply.bytes()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("\"version\"");
        }
    }

    @Test
    void aGzipBombIsSmallOnTheWireAndHugeUnpacked() throws IOException {
        cluster.fault(VERSION, WireFaults.gzipBomb(10_000_000));
        RawClient.Reply reply = get();
        assertThat(reply.bytes()).hasSizeLessThan(50_000);
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(reply.bytes()))) {
            assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(10_000_000);
        }
    }

    private RawClient.Reply get() throws IOException {
        return RawClient.get(cluster, VERSION, Samples.AUTHORIZATION);
    }

    private String all() throws IOException {
        try (RawClient client = new RawClient(cluster.url())) {
            client.send("GET", VERSION, "", Samples.AUTHORIZATION, "Connection: close");
            return client.receiveAll();
        }
    }
}
