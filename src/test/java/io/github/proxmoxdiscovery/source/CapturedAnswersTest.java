package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.container;
import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers captured by other projects from clusters in the wild, and what must become of them, known by hand. */
public class CapturedAnswersTest {

    @TempDir
    private Path folder;

    private static void serve(SimulatedCluster cluster, String regex, String fixture) throws IOException {
        cluster.fault(regex, Fault.json(Recordings.fixture(fixture)));
    }

    private static Found read(Path folder, SimulatedCluster cluster) {
        Found found = Discovery.of(folder, cluster).once();
        assertThat(found.exitCode()).as(found.err()).isZero();
        return found;
    }

    @Test
    void aContainerOfPve7WithAMulticastAddressHasNoHost() throws IOException {
        try (SimulatedCluster cluster =
                Discovery.cluster().guest(container(101)).start()) {
            serve(cluster, "/lxc/101/config", "go-proxmox/pve7x/nodes_node1_lxc_101_config.json");
            serve(cluster, "/lxc/101/interfaces", "go-proxmox/pve7x/nodes_node1_lxc_101_interfaces.json");
            serve(cluster, "/api2/json/nodes$", "go-proxmox/pve7x/nodes.json");
            Found found = read(folder, cluster);
            assertThat(found.errors()).containsExactly("lab/lxc/101/net0 BAD_NET_LINE");
            assertThat(found.report().path("read").asInt()).isEqualTo(1);
            assertThat(found.hosts()).isEmpty();
            assertThat(found.report().path("nodes")).hasSize(5);
        }
    }

    @Test
    void guestsOfPve8() throws IOException {
        try (SimulatedCluster cluster =
                Discovery.cluster().guest(container(101)).guest(plainVm(100)).start()) {
            serve(cluster, "/lxc/101/config", "go-proxmox/pve8x/nodes_node1_lxc_101_config.json");
            serve(cluster, "/lxc/101/interfaces", "go-proxmox/pve8x/nodes_node1_lxc_101_interfaces.json");
            serve(cluster, "/qemu/100/config", "go-proxmox/pve8x/nodes_node1_qemu_100_config.json");
            Found found = read(folder, cluster);
            assertThat(found.errors()).isEmpty();
            JsonNode container = found.host("lab/lxc/101/net0");
            assertThat(container.path("mac").asText()).isEqualTo("bc:24:11:2e:c5:7e");
            assertThat(container.path("hostname").asText()).isEqualTo("ct-test-2");
            // The captured interfaces are those of another MAC.
            assertThat(container.path("ip_addresses")).isEmpty();
            JsonNode vm = found.host("lab/qemu/100/net0");
            assertThat(vm.path("mac").asText()).isEqualTo("bc:24:11:2e:c5:4a");
            assertThat(vm.path("hostname").asText()).isEqualTo("test-vm");
            assertThat(Found.texts(vm.at("/proxmox/tags"))).containsExactly("production", "webserver");
        }
    }

    @Test
    void guestsOfPve9WithManyInterfaces() throws IOException {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(plainVm(102))
                .guest(container(103))
                .guest(vm(104).config("net0", "virtio=BC:24:11:2E:C5:4A"))
                .start()) {
            serve(cluster, "/qemu/102/config", "go-proxmox/pve9x/nodes_node1_qemu_102_config.json");
            serve(cluster, "/lxc/103/config", "go-proxmox/pve9x/nodes_node1_lxc_102_config.json");
            serve(
                    cluster,
                    "/qemu/104/agent/",
                    "go-proxmox/pve9x/nodes_node1_qemu_101_agent_network-get-interfaces.json");
            Found found = read(folder, cluster);
            assertThat(found.errors()).containsExactly("lab/lxc/103/net0 NO_MAC", "lab/lxc/103/net20 NO_MAC");
            assertThat(found.hosts()).containsKeys("lab/qemu/102/net15", "lab/qemu/102/net31", "lab/qemu/104/net0");
            assertThat(found.host("lab/qemu/102/net31").path("mac").asText()).isEqualTo("00:00:00:00:00:31");
            assertThat(found.host("lab/qemu/102/net31")
                            .at("/proxmox/interface/bridge")
                            .asText())
                    .isEqualTo("vmbr31");
            assertThat(Found.texts(found.host("lab/qemu/104/net0").path("ip_addresses")))
                    .containsExactly("10.0.0.10");
        }
    }

    @Test
    void theListOfARealClusterOnPve84() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ArrayNode guests = json.createArrayNode();
        for (JsonNode row : json.readTree(Recordings.fixture("datadog-proxmox/cluster_resources.json"))
                .get("data")) {
            // It was captured without type=vm, which leaves only guests.
            if (row.has("vmid")) {
                guests.add(row);
            }
        }
        String node = "ip-122-82-3-112";
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .nodes(node)
                .token(Discovery.TOKEN_ID, Discovery.SECRET)
                .guest(plainVm(100).node(node).withoutConfig("name"))
                .guest(container(101).node(node).tags("sarah-wiit;test;testtag").stopped())
                .guest(container(111).node(node).withoutConfig("hostname").stopped())
                .start()) {
            cluster.fault("/cluster/resources", Fault.json("{\"data\":" + guests + "}"));
            Found found = read(folder, cluster);
            assertThat(found.errors()).isEmpty();
            assertThat(found.host("lab/qemu/100/net0").path("hostname").asText())
                    .isEqualTo("vm-100");
            assertThat(found.host("lab/lxc/101/net0").at("/proxmox/pool").asText())
                    .isEqualTo("pool-1");
            assertThat(Found.texts(found.host("lab/lxc/101/net0").at("/proxmox/tags")))
                    .containsExactly("sarah-wiit", "test", "testtag");
            assertThat(found.host("lab/lxc/111/net0").path("hostname").asText()).isEqualTo("ct-111");
        }
    }

    @Test
    void aRouterWithAliasesOnItsInterfaces() throws IOException {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(vm(101).config("net0", "virtio=" + "bc:24:11:0d:43:b8".toUpperCase(Locale.ROOT))
                        .config("net1", "virtio=BC:24:11:E8:44:8E")
                        .config("net2", "virtio=BC:24:11:33:EB:33"))
                .start()) {
            serve(cluster, "/agent/", "proxbox-api/dense_agent_network-get-interfaces.json");
            Found found = read(folder, cluster);
            assertThat(Found.texts(found.host("lab/qemu/101/net0").path("ip_addresses")))
                    .containsExactly("10.46.0.31");
            assertThat(Found.texts(found.host("lab/qemu/101/net1").path("ip_addresses")))
                    .containsExactly("10.31.3.251");
            JsonNode net2 = found.host("lab/qemu/101/net2");
            assertThat(Found.texts(net2.path("ip_addresses")))
                    .containsExactly("10.33.5.251", "10.33.5.252", "10.33.5.253");
            assertThat(net2.at("/proxmox/interface/name").asText()).isEqualTo("enp2s20");
            assertThat(Found.texts(net2.at("/proxmox/interface/guest_interfaces")))
                    .containsExactlyInAnyOrder("enp2s20", "enp2s20:1", "enp2s20:2", "enp2s20:3");
        }
    }
}
