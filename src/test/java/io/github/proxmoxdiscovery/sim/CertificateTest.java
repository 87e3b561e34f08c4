package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CertificateTest {

    @Test
    void theFingerprintAndThePemAreThoseOfTheCertificateShown() throws Exception {
        try (SimulatedCluster cluster = Samples.cluster().start();
                RawClient client = new RawClient(cluster.url())) {
            X509Certificate shown = client.certificate();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown.getEncoded());
            assertThat(cluster.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
            assertThat(cluster.fingerprint().replace(":", ""))
                    .isEqualTo(HexFormat.of().withUpperCase().formatHex(digest));
            byte[] pem = cluster.certificatePem().getBytes(StandardCharsets.US_ASCII);
            assertThat(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)))
                    .isEqualTo(shown);
        }
    }

    @Test
    void anAuthorityIssuesANewCertificateEachTimeAndDoesNotShowItsOwn() throws Exception {
        CertificateAuthority authority = CertificateAuthority.named("one");
        try (SimulatedCluster cluster = Samples.cluster().authority(authority).start()) {
            X509Certificate first = shown(cluster);
            cluster.show(authority);
            X509Certificate second = shown(cluster);
            assertThat(second).isNotEqualTo(first);
            assertThat(second.getIssuerX500Principal()).isEqualTo(first.getIssuerX500Principal());
            byte[] pem = authority.pem().getBytes(StandardCharsets.US_ASCII);
            second.verify(CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem))
                    .getPublicKey());
        }
    }

    private static X509Certificate shown(SimulatedCluster cluster) throws Exception {
        try (RawClient client = new RawClient(cluster.url())) {
            return client.certificate();
        }
    }

    @Test
    void clustersShareACertificateUnlessOneAsksForItsOwn() {
        try (SimulatedCluster one = Samples.cluster().start();
                SimulatedCluster two = Samples.cluster().start();
                SimulatedCluster other = Samples.cluster().freshCertificate().start()) {
            assertThat(two.fingerprint()).isEqualTo(one.fingerprint());
            assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
            assertThat(two.url()).isNotEqualTo(one.url());
        }
    }
}
