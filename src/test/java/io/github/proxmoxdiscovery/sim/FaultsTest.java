package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final String VERSION = "/version$";

    private final SimulatedCluster cluster = Samples.cluster().start();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void answersWithAnyStatusInProxmoxWords() throws IOException {
        cluster.fault(VERSION, Fault.status(500, "something broke"));
        assertThat(version().statusLine()).isEqualTo("HTTP/1.1 500 something broke");
        assertThat(version().body()).contains("\"message\":\"something broke\\n\"");
    }

    @Test
    void answersWithThePseudoStatusOfATimeoutWithoutABody() throws IOException {
        cluster.fault(VERSION, Fault.status(596, "Connection timed out"));
        assertThat(version().headerNames()).containsExactly("Cache-Control", "Connection", "Pragma", "Server");
    }

    @Test
    void answersAsAReverseProxyWouldWithRetryAfter() throws IOException {
        cluster.fault(VERSION, Fault.status(429, "Too Many Requests", Map.of("Retry-After", "7")));
        assertThat(version().header("Retry-After")).containsExactly("7");
    }

    @Test
    void answersWithHtmlOrAnythingElse() throws IOException {
        cluster.fault(VERSION, Fault.body("text/html", "<html>login</html>"));
        assertThat(version().header("Content-Type")).containsExactly("text/html");
        cluster.fault(VERSION, Fault.json("null"));
        assertThat(version().body()).isEqualTo("null");
    }

    @Test
    void endsAfterTheGivenNumberOfRequests() throws IOException {
        ActiveFault fault = cluster.fault(VERSION, Fault.status(500, "twice"), 2);
        assertThat(version().status()).isEqualTo(500);
        assertThat(version().status()).isEqualTo(500);
        assertThat(version().status()).isEqualTo(200);
        assertThat(fault.hits()).isEqualTo(2);
    }

    @Test
    void endsWhenItIsRemoved() throws IOException {
        ActiveFault fault = cluster.fault(VERSION, Fault.status(500, "for now"));
        assertThat(version().status()).isEqualTo(500);
        fault.remove();
        assertThat(version().status()).isEqualTo(200);
    }

    @Test
    void meetsOnlyTheRequestsThatMatch() throws IOException {
        cluster.fault("/qemu/101/config\\?current=1", Fault.status(500, "broken"));
        assertThat(get("/nodes/pve1/qemu/101/config?current=1").status()).isEqualTo(500);
        assertThat(get("/nodes/pve1/qemu/101/config").status()).isEqualTo(200);
    }

    @Test
    void cutsTheBodyShortOfItsAnnouncedLength() throws IOException {
        cluster.fault(VERSION, Fault.cut(5));
        RawClient.Reply reply = version();
        assertThat(reply.body()).isEqualTo("{\"dat");
        assertThat(reply.complete()).isFalse();
    }

    @Test
    void dripsTheBodyByteByByte() throws IOException {
        cluster.fault(VERSION, Fault.drip(Duration.ofMillis(1)));
        assertThat(version().complete()).isTrue();
    }

    @Test
    void answersLater() throws IOException {
        cluster.fault(VERSION, Fault.delay(Duration.ofMillis(50), Fault.status(500, "late")));
        long before = System.nanoTime();
        assertThat(version().status()).isEqualTo(500);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }

    @Test
    void hangsUntilTheClusterIsClosed() throws Exception {
        cluster.fault(VERSION, Fault.hang());
        CompletableFuture<RawClient.Reply> reply = CompletableFuture.supplyAsync(this::versionUnchecked);
        cluster.log().awaitSize(1, Duration.ofSeconds(10));
        assertThatThrownBy(() -> reply.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        cluster.close();
        assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void resetsTheConnection() {
        cluster.fault(VERSION, Fault.reset());
        assertThatThrownBy(this::version).isInstanceOf(IOException.class);
    }

    @Test
    void sendsABodyOfAnySize() throws IOException {
        cluster.fault(VERSION, Fault.huge(300_000, true));
        RawClient.Reply reply = version();
        assertThat(reply.bytes()).hasSize(300_000);
        assertThat(reply.body()).startsWith("{\"data\":\"xxx").endsWith("xxx\"}");
    }

    @Test
    void sendsRecordedBytesAsTheyAre() throws IOException {
        String recorded = "HTTP/1.1 299 Strange\r\nOnly: this\r\nContent-Length: 2\r\n\r\nhi";
        cluster.fault(VERSION, Fault.exactly(recorded.getBytes(StandardCharsets.UTF_8)));
        RawClient.Reply reply = version();
        assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 299 Strange");
        assertThat(reply.headers()).containsExactly("Only: this", "Content-Length: 2");
        assertThat(reply.body()).isEqualTo("hi");
    }

    @Test
    void aNodeGoesAndComesBack() throws IOException {
        cluster.node("pve2", NodeState.offline("No route to host"));
        assertThat(get("/nodes/pve2/qemu").statusLine()).isEqualTo("HTTP/1.1 595 No route to host");
        assertThat(get("/nodes").body()).contains("offline");
        cluster.node("pve2", NodeState.online());
        assertThat(get("/nodes/pve2/qemu").status()).isEqualTo(200);
    }

    @Test
    void aMigratedGuestIsNoLongerOnItsNode() throws IOException {
        cluster.migrate(101, "pve2");
        assertThat(get("/nodes/pve1/qemu/101/config").statusLine())
                .isEqualTo("HTTP/1.1 500 Configuration file 'nodes/pve1/qemu-server/101.conf' does not exist");
        assertThat(get("/nodes/pve2/qemu/101/config").status()).isEqualTo(200);
    }

    private RawClient.Reply version() throws IOException {
        return get("/version");
    }

    private RawClient.Reply versionUnchecked() {
        try {
            return version();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RawClient.Reply get(String path) throws IOException {
        return RawClient.get(cluster, path, Samples.AUTHORIZATION);
    }
}
