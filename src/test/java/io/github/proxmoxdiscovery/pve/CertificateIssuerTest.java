package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.CertificateAuthority;
import io.github.proxmoxdiscovery.sim.CertificateKind;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever issued the certificate of a server is told by its name and its key. */
class CertificateIssuerTest {

    private static final CertificateAuthority AUTHORITY = CertificateAuthority.named("one");

    private static X509Certificate certificate(String pem) {
        try {
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itIsTheSameWhetherOrNotTheAuthoritysOwnCertificateIsSent() {
        try (SimulatedCluster cluster =
                SimulatedCluster.builder().authority(AUTHORITY).start()) {
            X509Certificate server = certificate(cluster.certificatePem());
            String issuer = CertificateIssuer.of(List.of(server)).orElseThrow();
            assertThat(issuer)
                    .matches("CN=Proxmox Virtual Environment,OU=one,O=PVE Cluster Manager CA, key [0-9a-f]{40}");
            X509Certificate root = certificate(AUTHORITY.pem());
            assertThat(CertificateIssuer.of(List.of(server, root))).contains(issuer);
            byte[] ofRoot = root.getExtensionValue("2.5.29.14");
            assertThat(HexFormat.of().formatHex(ofRoot)).as("its key").endsWith(issuer.replaceFirst(".* ", ""));
        }
    }

    @Test
    void aSelfSignedCertificateHasNone() {
        try (SimulatedCluster cluster = SimulatedCluster.builder().start()) {
            cluster.show(CertificateKind.VALID);
            assertThat(CertificateIssuer.of(List.of(certificate(cluster.certificatePem()))))
                    .isEmpty();
        }
        assertThat(CertificateIssuer.of(List.of())).isEmpty();
    }
}
