package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private SimulatedCluster cluster =
            Samples.cluster().idle(Duration.ofSeconds(30)).start();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void keepsAConnectionForOneHundredRequests() throws IOException {
        try (RawClient client = new RawClient(cluster.url())) {
            for (int i = 1; i < 100; i++) {
                assertThat(client.get("/version", Samples.AUTHORIZATION).header("Connection"))
                        .containsExactly("Keep-Alive");
            }
            assertThat(client.get("/version", Samples.AUTHORIZATION).header("Connection"))
                    .containsExactly("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(cluster.log().connections()).isEqualTo(1);
    }

    @Test
    void closesAfterAProtectedCallThatSaysBothCloseAndKeepAlive() throws IOException {
        assertClosesWithBoth("/nodes/pve1/qemu");
    }

    @Test
    void closesAfterACallToAnotherNodeThatSaysBothCloseAndKeepAlive() throws IOException {
        assertClosesWithBoth("/nodes/pve2/qemu/102/config");
    }

    @Test
    void theOtherNodeAskedItselfKeepsTheConnection() throws IOException {
        try (RawClient client = new RawClient(cluster.url("pve2"))) {
            assertThat(client.get("/nodes/pve2/qemu/102/config", Samples.AUTHORIZATION)
                            .header("Connection"))
                    .containsExactly("Keep-Alive");
        }
    }

    @Test
    void closesAfterAnError() throws IOException {
        try (RawClient client = new RawClient(cluster.url())) {
            assertThat(client.get("/nothing", Samples.AUTHORIZATION).header("Connection"))
                    .containsExactly("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closesAConnectionOnWhichNothingComes() throws IOException {
        try (SimulatedCluster hasty =
                        Samples.cluster().idle(Duration.ofMillis(50)).start();
                RawClient client = new RawClient(hasty.url())) {
            client.get("/version", Samples.AUTHORIZATION);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closesWhenTheClientAsksForIt() throws IOException {
        try (RawClient client = new RawClient(cluster.url())) {
            assertThat(client.get("/version", Samples.AUTHORIZATION, "Connection: close")
                            .header("Connection"))
                    .containsExactly("close");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void compressesALongBodyWhenAsked() throws IOException {
        try (SimulatedCluster large = SyntheticCluster.of(50, 1).create().start()) {
            String token = Samples.authorization(SyntheticCluster.TOKEN_ID, SyntheticCluster.TOKEN_SECRET);
            RawClient.Reply reply = RawClient.get(large, "/cluster/resources", token, "Accept-Encoding: gzip, deflate");
            assertThat(reply.headerNames()).endsWith("Server", "Content-Encoding", "Content-Length", "Content-Type");
            byte[] body = new GZIPInputStream(new ByteArrayInputStream(reply.bytes())).readAllBytes();
            assertThat(new String(body, StandardCharsets.UTF_8))
                    .startsWith("{\"data\":[")
                    .endsWith("]}");
        }
    }

    @Test
    void knowsNoHeadMethod() throws IOException {
        try (RawClient client = new RawClient(cluster.url())) {
            client.send("HEAD", "/version", "", Samples.AUTHORIZATION);
            assertThat(client.receive().statusLine()).isEqualTo("HTTP/1.1 501 method 'HEAD' not available");
        }
    }

    private void assertClosesWithBoth(String path) throws IOException {
        try (RawClient client = new RawClient(cluster.url())) {
            assertThat(client.get(path, Samples.AUTHORIZATION).header("Connection"))
                    .containsExactly("close", "Keep-Alive");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }
}
