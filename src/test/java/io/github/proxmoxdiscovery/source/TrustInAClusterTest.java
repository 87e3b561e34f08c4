package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which the certificate of a cluster can be known. */
public class TrustInAClusterTest {

    private static final String STRANGER = "00:".repeat(31) + "00";

    @TempDir
    private Path folder;

    private SimulatedCluster cluster;

    @BeforeEach
    void start() {
        cluster = Discovery.cluster().guest(vm(101)).start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Discovery discovery() {
        return Discovery.in(folder).at("lab", cluster.url()).token("lab", Discovery.TOKEN_ID, Discovery.SECRET);
    }

    private static void isRead(Found found) {
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(found.latest("lab")).containsOnlyKeys(vmId(101));
    }

    @Test
    void aFingerprintMayBeSpelledInAnyWay() {
        String plain = cluster.fingerprint().replace(":", "").toLowerCase(Locale.ROOT);
        isRead(discovery().of("lab", "fingerprint", plain).once());
    }

    @Test
    void oneOfSeveralFingerprintsIsEnough() {
        isRead(discovery()
                .of("lab", "fingerprint", STRANGER + ", " + cluster.fingerprint())
                .once());
    }

    @Test
    void aCertificateIsTrustedWhenItsAuthorityIsInTheCaFile() throws IOException {
        Path authorities = Files.writeString(folder.resolve("ca.pem"), "The lab's own:\n" + cluster.certificatePem());
        isRead(discovery().of("lab", "ca-file", authorities.toString()).once());
    }

    @Test
    void aCaFileOfAnotherClusterIsNoTrust() throws IOException {
        try (SimulatedCluster other = Discovery.cluster().freshCertificate().start()) {
            Path authorities = Files.writeString(folder.resolve("ca.pem"), other.certificatePem());
            Found found =
                    discovery().of("lab", "ca-file", authorities.toString()).once();
            assertThat(found.exitCode()).isEqualTo(4);
            assertThat(found.errors()).containsExactly("lab TLS_FAILED");
            assertThat(cluster.requests()).isEmpty();
        }
    }

    @Test
    void withAnAuthorityTheNameInTheCertificateMattersWithAFingerprintItDoesNot() throws IOException {
        // The same place by a name that is not in the certificate.
        String otherName = cluster.url().replace("127.0.0.1", "[::ffff:127.0.0.1]");
        isRead(discovery()
                .of("lab", "url", otherName)
                .of("lab", "fingerprint", cluster.fingerprint())
                .once());
        Path authorities = Files.writeString(folder.resolve("ca.pem"), cluster.certificatePem());
        Found refused = discovery()
                .of("lab", "url", otherName)
                .of("lab", "ca-file", authorities.toString())
                .once();
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.errors()).containsExactly("lab TLS_FAILED");
    }

    @Test
    void withoutVerificationItIsReadWithAWarningAtEachStart() {
        for (int start = 1; start <= 2; start++) {
            Found found = discovery().of("lab", "insecure", "true").once();
            isRead(found);
            assertThat(found.log().stream()
                            .filter(line -> line.contains("WARN") && line.contains("proxmox.lab.insecure")))
                    .hasSize(1);
        }
    }
}
