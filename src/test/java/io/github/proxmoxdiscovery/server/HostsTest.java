package io.github.proxmoxdiscovery.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.sim.AgentState;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.NodeState;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import io.github.proxmoxdiscovery.source.Service;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known, from before anything is known to after the next start. */
class HostsTest {

    private static final List<String> OF_HOSTS = List.of(
            "/api/hosts",
            "/export/hosts.csv",
            "/export/prometheus-sd",
            "/export/ansible",
            "/export/hosts",
            "/api/hosts/lab/qemu/101/net0");

    @TempDir
    private Path folder;

    private static SimulatedCluster cluster() {
        return Discovery.cluster()
                .guest(SimulatedGuest.qemu(101, "web-1")
                        .running()
                        .tags("prod;web")
                        .config("net0", "virtio=BC:24:11:00:01:01,bridge=vmbr0")
                        .agent(AgentState.ok())
                        .inside("eth0", "bc:24:11:00:01:01", "10.0.0.11/24", "2001:db8::11/64"))
                .guest(SimulatedGuest.lxc(102, "db")
                        .node("pve2")
                        .running()
                        .tags("prod")
                        .config("net0", "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:01:02,ip=dhcp,type=veth")
                        .inside("eth0", "bc:24:11:00:01:02", "10.0.1.12/24"))
                .guest(SimulatedGuest.qemu(103, "old")
                        .stopped()
                        .config("net0", "virtio=BC:24:11:00:01:03,bridge=vmbr0"))
                .start();
    }

    private Discovery serving(SimulatedCluster cluster) {
        return Discovery.of(folder, cluster).with("server.enabled", "true").with("server.port", "0");
    }

    @Test
    void nothingIsToldUntilAllIsKnownAndThenItIsUntilItChanges() throws Exception {
        try (SimulatedCluster cluster = cluster()) {
            try (Service service = Service.start(serving(cluster))) {
                Client client = new Client(service.port());
                isUnavailable(client);
                assertThat(client.get("/api/runs").statusCode()).isEqualTo(503);
                assertThat(client.json("/api/status").at("/clusters/0/last_run").isNull())
                        .isTrue();
                cluster.node("pve2", NodeState.offline());
                service.pollNow();
                service.awaitRuns("lab", 1);
                isUnavailable(client);
                assertThat(ids(client.json("/api/hosts?partial=true"))).contains("lab/qemu/101/net0");
                assertThat(client.json("/api/runs").at("/0/complete").asBoolean())
                        .isFalse();

                cluster.node("pve2", NodeState.online());
                service.pollNow();
                service.awaitRuns("lab", 2);
                isTold(client);
                answersAreNotSentTwice(client, cluster, service);
            }
            cluster.fault(".*", Fault.reset());
            try (Service service = Service.start(serving(cluster))) {
                Client client = new Client(service.port());
                assertThat(client.json("/api/hosts")).hasSize(3);
                assertThat(client.json("/api/runs").at("/0/changes/updated").asInt())
                        .isEqualTo(1);
                assertThat(client.json("/api/status").at("/clusters/0/hosts").asInt())
                        .isEqualTo(3);
                service.pollNow();
                service.awaitRuns("lab", 4);
                assertThat(client.json("/api/hosts")).hasSize(3);
                assertThat(client.json("/api/status")
                                .at("/clusters/0/last_run/errors/0/reason")
                                .asText())
                        .isEqualTo("UNREACHABLE");
            }
        }
    }

    private static void isUnavailable(Client client) throws Exception {
        for (String path : OF_HOSTS) {
            if (path.startsWith("/api/hosts/")) {
                continue;
            }
            HttpResponse<String> answer = client.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
            assertThat(Client.json(answer).path("error").asText()).contains("lab");
        }
        assertThat(client.get("/api/hosts/lab/lxc/102/net0").statusCode()).isEqualTo(503);
    }

    private static void isTold(Client client) throws Exception {
        for (String path : OF_HOSTS) {
            HttpResponse<String> answer = client.get(path);
            assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
            HttpResponse<String> head = client.send("HEAD", path);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            for (String header : List.of("etag", "content-type")) {
                assertThat(head.headers().firstValue(header))
                        .as(path + " " + header)
                        .isPresent()
                        .isEqualTo(answer.headers().firstValue(header));
            }
        }
        JsonNode hosts = client.json("/api/hosts");
        for (JsonNode host : hosts) {
            MessageSchema.validate(host.toString());
            String id = host.path("id").asText();
            assertThat(client.json("/api/hosts/" + id)).isEqualTo(host);
            assertThat(client.json("/api/hosts/" + id.replace("/", "%2F"))).isEqualTo(host);
        }
        assertThat(ids(hosts)).containsExactly("lab/lxc/102/net0", "lab/qemu/101/net0", "lab/qemu/103/net0");
        assertThat(client.get("/api/hosts/lab/qemu/999/net0").statusCode()).isEqualTo(404);
        filters(client);
    }

    private static void filters(Client client) throws Exception {
        String web = "lab/qemu/101/net0";
        String db = "lab/lxc/102/net0";
        String old = "lab/qemu/103/net0";
        finds(client, "node=pve2", db);
        finds(client, "tag=web", web);
        finds(client, "tag=web,prod", db, web);
        finds(client, "status=stopped", old);
        finds(client, "type=qemu&status=running", web);
        finds(client, "mac=BC-24-11-00-01-02", db);
        finds(client, "mac=bc24.1100.0101", web);
        finds(client, "address=10.0.1.12", db);
        finds(client, "address=10.0.0.0/23", db, web);
        finds(client, "address=2001:DB8::/32", web);
        finds(client, "name=WEB", web);
        finds(client, "cluster=lab&name=nothing");
        for (String wrong : List.of(
                "colour=red",
                "cluster=other",
                "mac=1",
                "address=10.0.0.0%2F33",
                "type=vm",
                "tag=",
                "status=Running",
                "partial=1")) {
            HttpResponse<String> refused = client.get("/api/hosts?" + wrong);
            assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
            assertThat(Client.json(refused).path("error").asText()).contains(wrong.replaceFirst("=.*", ""));
        }
    }

    private static void finds(Client client, String query, String... ids) throws Exception {
        assertThat(ids(client.json("/api/hosts?" + query))).as(query).containsExactly(ids);
    }

    private static List<String> ids(JsonNode hosts) {
        List<String> ids = new ArrayList<>();
        hosts.forEach(host -> ids.add(host.path("id").asText()));
        return ids;
    }

    private static void answersAreNotSentTwice(Client client, SimulatedCluster cluster, Service service)
            throws Exception {
        List<String> tags = new ArrayList<>();
        for (String path : OF_HOSTS) {
            String tag = client.get(path).headers().firstValue("etag").orElseThrow();
            HttpResponse<String> same = client.get(path, "If-None-Match", "\"x\", " + tag);
            assertThat(same.statusCode()).as(path).isEqualTo(304);
            assertThat(same.body()).isEmpty();
            tags.add(tag);
        }
        cluster.change(103, guest -> guest.running());
        service.pollNow();
        service.awaitRuns("lab", 3);
        for (int i = 0; i < tags.size(); i++) {
            assertThat(client.get(OF_HOSTS.get(i), "If-None-Match", tags.get(i)).statusCode())
                    .as(OF_HOSTS.get(i))
                    .isEqualTo(200);
        }
        finds(client, "status=running", "lab/lxc/102/net0", "lab/qemu/101/net0", "lab/qemu/103/net0");
        JsonNode changes = client.json("/api/runs?cluster=lab&limit=1").at("/0/changes");
        assertThat(changes.path("updated").asInt()).isEqualTo(1);
        assertThat(changes.at("/hosts/0/id").asText()).isEqualTo("lab/qemu/103/net0");
        assertThat(changes.at("/hosts/0/changed/0").asText()).isEqualTo("proxmox.status");
        HttpResponse<byte[]> zipped = client.bytes("/api/hosts", "Accept-Encoding", "br, gzip;q=0.5");
        assertThat(zipped.headers().firstValue("content-encoding")).hasValue("gzip");
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            assertThat(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(client.get("/api/hosts").body());
        }
    }
}
