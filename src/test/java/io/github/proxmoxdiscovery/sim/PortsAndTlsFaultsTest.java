package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PortsAndTlsFaultsTest {

    private final SimulatedCluster cluster = Samples.cluster().start();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aPortIsClosedAndOpenedAgainUnderTheSameNumber() throws IOException {
        String url = cluster.url();
        for (int round = 0; round < 3; round++) {
            cluster.port("pve1", PortState.CLOSED);
            assertThatThrownBy(() -> new RawClient(url)).isInstanceOf(ConnectException.class);
            cluster.port("pve1", PortState.OPEN);
            assertThat(cluster.url()).isEqualTo(url);
            assertThat(version().status()).isEqualTo(200);
        }
    }

    @Test
    void closingAPortEndsTheConnectionsThatStand() throws IOException {
        try (RawClient client = new RawClient(cluster.url())) {
            client.get("/version", Samples.AUTHORIZATION);
            cluster.port("pve1", PortState.CLOSED);
            assertThatThrownBy(() -> client.get("/version", Samples.AUTHORIZATION))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aSilentPortTakesTheConnectionAndSaysNothing() throws IOException {
        cluster.port("pve1", PortState.SILENT);
        try (Socket socket = connect()) {
            socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(50);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(cluster.log().connections()).isZero();
    }

    @Test
    void noConnectionComesAboutWithAPortThatIsFull() throws IOException {
        URI url = URI.create(cluster.url());
        cluster.port("pve1", PortState.FULL);
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 50))
                    .isInstanceOf(SocketTimeoutException.class);
        }
        cluster.port("pve1", PortState.OPEN);
        assertThat(version().status()).isEqualTo(200);
    }

    @Test
    void aNodeThatHangsIsSilentOnAnAddressOfItsOwn() throws IOException {
        try (SimulatedCluster other = Samples.cluster().ownAddresses().start()) {
            other.node("pve1", NodeState.hanging(Duration.ZERO));
            URI url = URI.create(other.url());
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                socket.setSoTimeout(50);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    @Test
    void aHandshakeIsResetInItsMiddle() throws IOException {
        cluster.port("pve1", PortState.RESETTING);
        assertThatThrownBy(() -> new RawClient(cluster.url())).isInstanceOf(IOException.class);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0});
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void showsACertificateThatIsExpired() throws IOException {
        cluster.show(CertificateKind.EXPIRED);
        try (RawClient client = new RawClient(cluster.url())) {
            assertThatThrownBy(client.certificate()::checkValidity).isInstanceOf(CertificateExpiredException.class);
        }
    }

    @Test
    void showsACertificateForAnotherHost() throws Exception {
        cluster.show(CertificateKind.FOR_ANOTHER_HOST);
        try (RawClient client = new RawClient(cluster.url())) {
            assertThat(client.certificate().getSubjectAlternativeNames())
                    .extracting(name -> (Object) name.get(1))
                    .doesNotContain("127.0.0.1", "localhost")
                    .isNotEmpty();
        }
    }

    @Test
    void showsACertificateWithAnotherKeyThanTheOneThatWasPinned() throws Exception {
        String pinned = cluster.fingerprint();
        cluster.show(CertificateKind.WITH_ANOTHER_KEY);
        try (RawClient client = new RawClient(cluster.url())) {
            client.certificate().checkValidity();
        }
        assertThat(cluster.fingerprint()).isNotEqualTo(pinned);
        cluster.show(CertificateKind.VALID);
        assertThat(cluster.fingerprint()).isEqualTo(pinned);
    }

    private Socket connect() throws IOException {
        URI url = URI.create(cluster.url());
        return new Socket(url.getHost(), url.getPort());
    }

    private RawClient.Reply version() throws IOException {
        return RawClient.get(cluster, "/version", Samples.AUTHORIZATION);
    }
}
