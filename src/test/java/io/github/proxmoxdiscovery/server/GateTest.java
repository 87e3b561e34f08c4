package io.github.proxmoxdiscovery.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.source.Discovery;
import io.github.proxmoxdiscovery.source.Service;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and when nobody is. */
class GateTest {

    @TempDir
    private Path folder;

    private Discovery serving(SimulatedCluster cluster) {
        return Discovery.of(folder, cluster).with("server.enabled", "true").with("server.port", "0");
    }

    @Test
    void onlyReadersThatAskByAnAddressAreAnswered() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster().start();
                Service service = Service.start(serving(cluster))) {
            Client client = new Client(service.port());
            HttpResponse<String> status = client.get("/api/status", "X-Mine", "private");
            assertThat(status.statusCode()).as(status.body()).isEqualTo(200);
            assertThat(Client.json(status).at("/clusters/0/cluster").asText()).isEqualTo("lab");
            assertThat(status.headers().map().keySet())
                    .containsExactlyInAnyOrder(
                            "cache-control",
                            "content-length",
                            "content-type",
                            "cross-origin-resource-policy",
                            "x-content-type-options");
            for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"}) {
                HttpResponse<String> refused = client.send(method, "/api/status");
                assertThat(refused.statusCode()).as(method).isEqualTo(405);
                assertThat(refused.headers().firstValue("allow")).hasValue("GET, HEAD");
            }
            HttpResponse<String> head = client.send("HEAD", "/api/status");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(client.get("/nothing").statusCode()).isEqualTo(404);
            assertThat(Client.json(client.get("/nothing")).path("error").asText())
                    .contains("/nothing");
            assertThat(raw(service.port(), "rebound.example.com")).startsWith("HTTP/1.1 421 ");
            assertThat(raw(service.port(), "localhost:" + service.port())).startsWith("HTTP/1.1 200 ");
            assertThat(raw(service.port(), "[::1]:8088")).startsWith("HTTP/1.1 200 ");
            for (String path : new String[] {"/%", "/api/hosts?name=%zz"}) {
                assertThat(raw(service.port(), "localhost", path)).as(path).startsWith("HTTP/1.1 400 ");
            }
        }
    }

    private static String raw(int port, String host) throws Exception {
        return raw(port, host, "/api/status");
    }

    private static String raw(int port, String host, String path) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void withAPasswordNobodyIsLetInWithoutIt() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "pässword:1\n");
        try (SimulatedCluster cluster = Discovery.cluster().start();
                Service service = Service.start(serving(cluster)
                        .with("server.username", "reader")
                        .with("server.password-file", password.toString()))) {
            Client client = new Client(service.port());
            for (String path : new String[] {"/api/status", "/nothing", "/"}) {
                HttpResponse<String> refused = client.get(path);
                assertThat(refused.statusCode()).isEqualTo(401);
                assertThat(refused.headers().firstValue("www-authenticate")).isPresent();
            }
            assertThat(client.get("/observe/metrics").statusCode()).isEqualTo(401);
            assertThat(client.get("/observe/health").statusCode()).isEqualTo(401);
            // An orchestrator has no password: it is told whether, and nothing else.
            assertThat(client.get("/observe/health/live").body()).isEqualTo("{\"status\":\"UP\"}");
            assertThat(client.get("/observe/health/ready").body()).isEqualTo("{\"status\":\"DOWN\"}");
            assertThat(client.get("/observe/health/ready").statusCode()).isEqualTo(503);
            assertThat(client.get("/api/status", "Authorization", "Basic ???").statusCode())
                    .isEqualTo(401);
            assertThat(client.get("/api/status", "Authorization", Client.basic("reader", "password"))
                            .statusCode())
                    .isEqualTo(401);
            HttpResponse<String> let = client.get("/api/status", "Authorization", Client.basic("reader", "pässword:1"));
            assertThat(let.statusCode()).isEqualTo(200);
            assertThat(let.headers().map()).doesNotContainKey("authorization");

            Files.writeString(password, "another one\n");
            assertThat(client.get("/api/status", "Authorization", Client.basic("reader", "another one"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void nothingIsServedToTheNetworkWithoutAPassword() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster().start()) {
            Program.Result refused = Discovery.of(folder, cluster)
                    .with("server.enabled", "true")
                    .with("server.host", "0.0.0.0")
                    .program()
                    .run("run");
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err()).contains("server.host").contains("SERVER_PASSWORD");

            Program.Result camels = Discovery.of(folder, cluster)
                    .with("camel.server.enabled", "true")
                    .program()
                    .run("validate");
            assertThat(camels.exitCode()).isEqualTo(2);
            assertThat(camels.err()).contains("camel.server.enabled");
        }
    }

    @Test
    void aPortThatIsTakenIsSaidInASentence() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster().start();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Program.Result result = serving(cluster)
                    .with("server.port", String.valueOf(taken.getLocalPort()))
                    .program()
                    .run("run");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("error: server.port: ").doesNotContain("\tat ");
        }
    }

    @Test
    void onlyRunServes() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster().start();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Discovery discovery = serving(cluster).with("server.port", String.valueOf(taken.getLocalPort()));
            Program.Result once = discovery.program().run("once");
            assertThat(once.exitCode()).as(once.err()).isZero();
            Program.Result validate = discovery.program().run("validate");
            assertThat(validate.exitCode()).as(validate.err()).isZero();
        }
    }
}
