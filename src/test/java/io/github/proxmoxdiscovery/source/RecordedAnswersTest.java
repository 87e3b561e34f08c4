package io.github.proxmoxdiscovery.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.source.Recordings.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers recorded from Proxmox's own API server, byte for byte, and what must become of them, known by hand. */
public class RecordedAnswersTest {

    private static final List<String> ANSWERS = List.of(
            "nodes",
            "cluster-resources-vm",
            "access-permissions",
            "version",
            "cluster-status",
            "node-qemu-list",
            "node-lxc-list",
            "qemu-100-config-current",
            "qemu-100-agent-network-get-interfaces",
            "qemu-101-config-current",
            "qemu-102-config-current",
            "qemu-103-config-current",
            "qemu-103-agent-network-get-interfaces",
            "qemu-104-config-current",
            "qemu-104-agent-network-get-interfaces",
            "qemu-105-config-current",
            "qemu-105-agent-network-get-interfaces",
            "qemu-150-config-current",
            "lxc-300-config");

    @TempDir
    private Path folder;

    private SimulatedCluster cluster;
    private final List<String> served = new ArrayList<>();

    @BeforeEach
    void start() {
        cluster = Discovery.cluster().start();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void serve(String... names) throws IOException {
        for (String name : names) {
            Recorded recorded = Recordings.transcript(name);
            serve(recorded.path(), recorded);
        }
    }

    private void serve(String path, Recorded recorded) {
        served.add(path);
        cluster.fault("^" + Pattern.quote(path) + "$", recorded.fault());
    }

    private Found once() {
        Found found = Discovery.of(folder, cluster).once();
        assertThat(cluster.requests())
                .as("nothing was asked of which there is no recording")
                .allMatch(request -> served.contains(request.target()));
        return found;
    }

    @Test
    void everythingRecordedIsUnderstood() throws IOException {
        serve(ANSWERS.toArray(String[]::new));
        System.out.println("Recorded answers read by the program: " + ANSWERS.size());
        Found found = once();

        assertThat(found.errors())
                .containsExactly(
                        "lab/pve2 NODE_OFFLINE",
                        "lab/qemu/103 AGENT_SILENT",
                        "lab/qemu/104 GUEST_LOCKED",
                        "lab/qemu/105 AGENT_SILENT");
        assertThat(found.exitCode()).isEqualTo(3);
        assertThat(found.report().path("guests").asInt()).isEqualTo(9);
        assertThat(found.report().path("failed").asInt()).isEqualTo(1);
        assertThat(found.hosts())
                .containsOnlyKeys(
                        "lab/qemu/100/net0",
                        "lab/qemu/100/net1",
                        "lab/qemu/101/net0",
                        "lab/qemu/102/net0",
                        "lab/qemu/103/net0",
                        "lab/qemu/104/net0",
                        "lab/qemu/105/net0",
                        "lab/qemu/150/net0",
                        "lab/lxc/300/net0",
                        "lab/lxc/300/net1");
        theWebServer(found);
        theOthers(found);
        theContainer(found);
    }

    private static void theWebServer(Found found) {
        JsonNode net0 = found.host("lab/qemu/100/net0");
        assertThat(net0.path("mac").asText()).isEqualTo("bc:24:11:00:00:01");
        assertThat(net0.path("hostname").asText()).isEqualTo("web01");
        assertThat(Found.texts(net0.path("ip_addresses"))).containsExactly("10.1.2.3");
        assertThat(net0.at("/proxmox/interface/name").asText()).isEqualTo("Подключение");
        assertThat(net0.at("/proxmox/interface/vlan").asInt()).isEqualTo(20);
        assertThat(net0.at("/proxmox/interface/firewall").asBoolean()).isTrue();
        assertThat(net0.at("/proxmox/guest_uuid").asText()).isEqualTo("2f3c1c8e-0000-4000-8000-000000000001");
        assertThat(Found.texts(net0.at("/proxmox/tags"))).containsExactly("prod", "web");
        assertThat(net0.at("/proxmox/addresses/0/source").asText()).isEqualTo("agent");
        assertThat(net0.at("/proxmox/addresses/0/prefix").asInt()).isEqualTo(24);
        JsonNode net1 = found.host("lab/qemu/100/net1");
        assertThat(net1.path("mac").asText()).isEqualTo("bc:24:11:aa:bb:cc");
        assertThat(net1.at("/proxmox/interface/model").asText()).isEqualTo("e1000");
        assertThat(net1.at("/proxmox/interface/link_down").asBoolean()).isTrue();
        assertThat(net1.at("/proxmox/interface/bridge").isNull()).isTrue();
    }

    private static void theOthers(Found found) {
        JsonNode nameless = found.host("lab/qemu/101/net0");
        assertThat(nameless.path("hostname").asText()).isEqualTo("vm-101");
        assertThat(nameless.at("/proxmox/name").isNull()).isTrue();
        assertThat(nameless.at("/proxmox/agent").asText()).isEqualTo("off");
        assertThat(nameless.at("/proxmox/status").asText()).isEqualTo("stopped");
        assertThat(found.host("lab/qemu/102/net0").at("/proxmox/template").asBoolean())
                .isTrue();
        assertThat(found.host("lab/qemu/103/net0").at("/proxmox/status").asText())
                .isEqualTo("running");
        assertThat(found.host("lab/qemu/103/net0").at("/proxmox/agent").asText())
                .isEqualTo("silent");
        assertThat(found.host("lab/qemu/104/net0").at("/proxmox/agent").asText())
                .isEqualTo("locked");
        assertThat(found.host("lab/qemu/105/net0").at("/proxmox/agent").asText())
                .isEqualTo("silent");
        assertThat(found.host("lab/qemu/150/net0").at("/proxmox/status").asText())
                .isEqualTo("stopped");
    }

    private static void theContainer(Found found) {
        JsonNode net0 = found.host("lab/lxc/300/net0");
        assertThat(net0.path("hostname").asText()).isEqualTo("ct1.example.com");
        assertThat(net0.path("mac").asText()).isEqualTo("bc:24:11:0a:00:01");
        assertThat(Found.texts(net0.path("ip_addresses"))).containsExactly("10.0.0.5");
        assertThat(net0.at("/proxmox/addresses/0/source").asText()).isEqualTo("config");
        assertThat(net0.at("/proxmox/interface/name").asText()).isEqualTo("eth0");
        JsonNode net1 = found.host("lab/lxc/300/net1");
        assertThat(net1.path("mac").asText()).isEqualTo("bc:24:11:0a:00:02");
        assertThat(net1.at("/proxmox/interface/vlan").asInt()).isEqualTo(5);
        assertThat(Found.texts(net1.path("ip_addresses"))).isEmpty();
    }

    @Test
    void recordedErrorsHaveTheirReasons() throws IOException {
        serve(ANSWERS.toArray(String[]::new));
        serve("/api2/json/nodes/vm/qemu/101/config?current=1", Recordings.transcript("error-403-no-audit"));
        serve("/api2/json/nodes/vm/qemu/102/config?current=1", Recordings.transcript("error-400-unknown-parameter"));
        serve("/api2/json/nodes/vm/qemu/103/config?current=1", Recordings.transcript("error-500-unknown-node"));
        serve(
                "/api2/json/nodes/vm/qemu/104/config?current=1",
                Recordings.transcript("error-500-config-does-not-exist"));
        serve("/api2/json/nodes/vm/qemu/150/config?current=1", Recordings.transcript("error-595-node-refused"));
        serve("/api2/json/nodes/vm/qemu/100/agent/network-get-interfaces", Recordings.transcript("error-403-agent"));
        Found found = once();

        assertThat(found.errors())
                .containsExactly(
                        "lab/pve2 NODE_OFFLINE",
                        "lab/qemu/100 AGENT_REFUSED",
                        "lab/qemu/101 FORBIDDEN",
                        "lab/qemu/102 SERVER_ERROR",
                        "lab/qemu/103 SERVER_ERROR",
                        "lab/qemu/104 SERVER_ERROR",
                        "lab/qemu/105 AGENT_SILENT",
                        "lab/vm NODE_OFFLINE");
        assertThat(found.message("lab/qemu/100")).contains("VM.GuestAgent.Audit|VM.GuestAgent.Unrestricted");
        assertThat(found.hosts())
                .containsOnlyKeys(
                        "lab/qemu/100/net0",
                        "lab/qemu/100/net1",
                        "lab/qemu/105/net0",
                        "lab/lxc/300/net0",
                        "lab/lxc/300/net1");
    }

    @Test
    void theRecordedTokenWithoutRightsIsAnErrorAndNoEmptyCluster() throws IOException {
        serve(
                "nodes-privsep-without-acl",
                "cluster-resources-vm-privsep-without-acl",
                "access-permissions-privsep-without-acl",
                "version");
        serve("/api2/json/cluster/status", Recordings.transcript("error-403-no-audit"));
        Found found = once();
        assertThat(found.exitCode()).isEqualTo(4);
        assertThat(found.errors()).containsExactly("lab PRIVILEGE_MISSING", "lab/pve2 NODE_OFFLINE");
    }

    @Test
    void theRecordedRefusalIsAFailedLogin() throws IOException {
        serve("error-401-bad-token");
        Found found = once();
        assertThat(found.exitCode()).isEqualTo(4);
        assertThat(found.errors()).containsExactly("lab LOGIN_FAILED");
    }
}
