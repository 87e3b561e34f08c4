package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.container;
import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.sim.AgentState;
import io.github.proxmoxdiscovery.sim.ExpectedHost;
import io.github.proxmoxdiscovery.sim.Flavour;
import io.github.proxmoxdiscovery.sim.GuestType;
import io.github.proxmoxdiscovery.sim.RecordedRequest;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads clusters whose truth is known, and finds that truth and nothing else, with no request too many. */
public class EveryHostIsFoundTest {

    private static final SyntheticCluster SYNTHETIC =
            SyntheticCluster.of(150, 4).withSeed(7).withDeadAgents(0.1);
    private static final Pattern CONFIGURED = Pattern.compile("\\bip6?=([0-9a-fA-F.:]+)/");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"PVE_7", "PVE_8", "PVE_8_4", "PVE_9"})
    void findsAllHostsOfASyntheticClusterAndNoOthers(Flavour flavour) {
        try (SimulatedCluster cluster = SYNTHETIC.create().flavour(flavour).start()) {
            Found found = Discovery.in(folder)
                    .read("lab", cluster, SyntheticCluster.TOKEN_ID, SyntheticCluster.TOKEN_SECRET)
                    .once();

            assertThat(found.exitCode()).as(found.err()).isZero();
            Map<String, ExpectedHost> expected = SYNTHETIC.expected("lab").stream()
                    .collect(Collectors.toMap(ExpectedHost::id, Function.identity(), (a, b) -> b, TreeMap::new));
            Map<String, JsonNode> hosts = found.hosts();
            assertThat(hosts.keySet()).isEqualTo(expected.keySet());
            assertThat(found.latest("lab")).isEqualTo(hosts);
            expected.forEach((id, host) -> compare(hosts.get(id), host));
            expected.forEach((id, host) -> compareAddresses(hosts.get(id), host, flavour));
            assertThat(found.report().path("guests").asInt()).isEqualTo(150);
            assertThat(found.report().path("read").asInt()).isEqualTo(150);
            assertThat(found.report().path("complete").asBoolean()).isTrue();
            askedNoMoreThanNeeded(cluster, flavour);
        }
    }

    @Test
    void moreGuestsWithLongConfigsThanThereAreConnectionsAreAllFound() {
        SimulatedCluster.Builder plan = Discovery.cluster();
        // Longer than 1024 bytes, so that Proxmox packs it.
        String description = "a line of a long description\n".repeat(200);
        for (int vmid = 101; vmid <= 140; vmid++) {
            plan.guest(vm(vmid).config("description", description));
        }
        try (SimulatedCluster cluster = plan.start()) {
            Found found = Discovery.of(folder, cluster)
                    .of("lab", "concurrency", "4")
                    .of("lab", "timeout", "10s")
                    .once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).hasSize(40);
        }
    }

    private static void compare(JsonNode host, ExpectedHost expected) {
        assertThat(host.path("mac").asText()).as(expected.id()).isEqualTo(expected.mac());
        assertThat(host.path("hostname").asText()).as(expected.id()).isEqualTo(expected.hostname());
        JsonNode proxmox = host.path("proxmox");
        assertThat(proxmox.path("node").asText()).as(expected.id()).isEqualTo(expected.node());
        assertThat(proxmox.path("status").asText()).as(expected.id()).isEqualTo(expected.status());
        assertThat(proxmox.path("template").asBoolean()).as(expected.id()).isEqualTo(expected.template());
        assertThat(Found.texts(proxmox.path("tags"))).as(expected.id()).isEqualTo(expected.tags());
        assertThat(proxmox.path("pool").textValue()).as(expected.id()).isEqualTo(expected.pool());
        JsonNode net = proxmox.path("interface");
        assertThat(net.path("bridge").asText()).as(expected.id()).isEqualTo(expected.bridge());
        assertThat(net.path("vlan").isNull() ? null : net.path("vlan").intValue())
                .as(expected.id())
                .isEqualTo(expected.vlan());
    }

    private static void compareAddresses(JsonNode host, ExpectedHost expected, Flavour flavour) {
        List<String> addresses = Found.texts(host.path("ip_addresses"));
        boolean askable = expected.id().contains("/qemu/") || expected.status().equals("stopped");
        if (askable || flavour.compareTo(Flavour.PVE_8_4) >= 0) {
            assertThat(addresses).as(expected.id()).isEqualTo(expected.addresses());
        } else if (flavour == Flavour.PVE_8) {
            // One address of a family is all that these releases tell.
            assertThat(addresses).as(expected.id()).isNotEmpty().hasSizeLessThanOrEqualTo(4);
            assertThat(expected.addresses()).as(expected.id()).containsAll(addresses);
        } else {
            assertThat(addresses).as(expected.id()).isEqualTo(configured(expected));
        }
    }

    /** The static addresses of a container; the generator writes them in no other form. */
    private static List<String> configured(ExpectedHost host) {
        String[] id = host.id().split("/");
        SimulatedGuest guest = SYNTHETIC.simulatedGuests().stream()
                .filter(candidate -> candidate.vmid() == Integer.parseInt(id[2]))
                .findFirst()
                .orElseThrow();
        Matcher address = CONFIGURED.matcher(guest.config().get(id[3]).toString());
        List<String> addresses = new ArrayList<>();
        while (address.find()) {
            addresses.add(address.group(1));
        }
        return host.addresses().stream().filter(addresses::contains).toList();
    }

    private static void askedNoMoreThanNeeded(SimulatedCluster cluster, Flavour flavour) {
        Map<String, Long> requests = cluster.requests().stream()
                .collect(Collectors.groupingBy(
                        request -> request.method() + " " + request.target(), TreeMap::new, Collectors.counting()));
        Map<String, Long> needed = new TreeMap<>();
        needed.put("GET /api2/json/nodes", 1L);
        needed.put("GET /api2/json/cluster/status", 1L);
        needed.put("GET /api2/json/cluster/resources?type=vm", 1L);
        needed.put("GET /api2/json/access/permissions", 1L);
        needed.put("GET /api2/json/version", 1L);
        for (SimulatedGuest guest : cluster.guests()) {
            String path = "GET /api2/json/nodes/" + guest.node() + "/" + type(guest) + "/" + guest.vmid();
            needed.put(path + "/config?current=1", 1L);
            if (guest.status().equals("running") && guest.config().containsKey("agent")) {
                needed.put(path + "/agent/network-get-interfaces", 1L);
            }
            if (guest.status().equals("running") && guest.type() == GuestType.LXC) {
                needed.put(path + "/interfaces", 1L);
            }
        }
        if (flavour == Flavour.PVE_7) {
            assertThat(cluster.log().requests(request -> request.target().endsWith("/interfaces")))
                    .as("containers asked in vain: not more than agent-concurrency a node, then it is known")
                    .hasSizeLessThanOrEqualTo(4 * 2);
            requests.keySet().removeIf(path -> path.endsWith("/interfaces"));
            needed.keySet().removeIf(path -> path.endsWith("/interfaces"));
        }
        assertThat(requests).isEqualTo(needed);
    }

    private static String type(SimulatedGuest guest) {
        return guest.type() == GuestType.LXC ? "lxc" : "qemu";
    }

    @Test
    void asksOnlyGuestsThatCanAnswer() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(vm(101).config("agent", "enabled=1,fstrim_cloned_disks=1"))
                .guest(vm(102).config("agent", "type=isa,yes"))
                .guest(vm(103).config("agent", "0"))
                .guest(vm(104).config("agent", "enabled=0,type=virtio"))
                .guest(vm(105).stopped())
                .guest(vm(106).lock("snapshot"))
                .guest(vm(107).template())
                .guest(plainVm(108))
                .guest(container(201))
                .guest(container(202).stopped())
                .guest(container(203).lock("backup"))
                .start()) {
            Found found = Discovery.of(folder, cluster).once();

            assertThat(cluster.log().requests(RecordedRequest::isGuestCall))
                    .extracting(RecordedRequest::guest)
                    .containsExactlyInAnyOrder("101", "102", "201");
            assertThat(agents(found))
                    .containsExactly("ok", "off", "locked", "ok", "ok", "off", "off", "off", "locked", "off", "off");
            assertThat(found.exitCode()).isZero();
        }
    }

    private static List<String> agents(Found found) {
        return found.hosts().values().stream()
                .sorted((a, b) -> a.path("id").asText().compareTo(b.path("id").asText()))
                .map(host -> host.at("/proxmox/agent").asText())
                .toList();
    }

    @Test
    void reportsWhatRunsAndNotWhatIsPending() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(plainVm(101)
                        .pending("net0", "virtio=BC:24:11:FF:FF:01,bridge=vmbr9")
                        .pending("net1", "virtio=BC:24:11:FF:FF:02,bridge=vmbr9")
                        .pending("name", "renamed-at-the-next-start"))
                .guest(plainVm(102).pendingDeletion("net0"))
                .start()) {
            Found found = Discovery.of(folder, cluster).once();

            assertThat(found.hosts()).containsOnlyKeys("lab/qemu/101/net0", "lab/qemu/102/net0");
            assertThat(found.host("lab/qemu/101/net0").path("mac").asText()).isEqualTo("bc:24:11:00:01:01");
            assertThat(found.host("lab/qemu/101/net0").path("hostname").asText())
                    .isEqualTo("vm101");
            assertThat(found.host("lab/qemu/102/net0").path("mac").asText()).isEqualTo("bc:24:11:00:01:02");
        }
    }

    @Test
    void asksANodeForTheStatusThatTheClusterDoesNotKnow() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(vm(101).listedAs("unknown"))
                .guest(vm(102).stopped().listedAs("unknown"))
                .guest(container(201).listedAs("unknown").node("pve2"))
                .guest(vm(103))
                .flavour(Flavour.PVE_8_0)
                .start()) {
            Found found = Discovery.of(folder, cluster).once();

            assertThat(status(found, "lab/qemu/101/net0")).isEqualTo("running");
            assertThat(status(found, "lab/qemu/102/net0")).isEqualTo("stopped");
            assertThat(status(found, "lab/lxc/201/net0")).isEqualTo("running");
            assertThat(found.errors()).noneMatch(error -> error.contains("STATUS_UNKNOWN"));
            assertThat(cluster.log().requests(request -> request.target().matches(".*/nodes/[^/]+/(qemu|lxc)")))
                    .extracting(RecordedRequest::target)
                    .containsExactlyInAnyOrder("/api2/json/nodes/pve1/qemu", "/api2/json/nodes/pve2/lxc");
        }
    }

    private static String status(Found found, String id) {
        return found.host(id).at("/proxmox/status").asText();
    }

    @Test
    void aSilentAgentIsAPartThatIsMissingAndNotAGuest() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(plainVm(101).agent(AgentState.dead()))
                .guest(plainVm(102).agent(AgentState.stalled()))
                .guest(plainVm(103).agent(AgentState.commandDisabled()))
                .guest(plainVm(104).agent(AgentState.nullResult()))
                .guest(plainVm(105).agent(AgentState.raw("[{\"name\":null},7,null,\"x\",{\"ip-addresses\":{}}]")))
                .guest(plainVm(106).config("ipconfig0", "ip=10.9.9.9/24").agent(AgentState.error("GenericError", "no")))
                .start()) {
            Found found = Discovery.of(folder, cluster).once();

            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.report().path("complete").asBoolean()).isTrue();
            assertThat(agents(found)).containsExactly("silent", "silent", "unsupported", "error", "ok", "error");
            assertThat(found.errors())
                    .containsExactly(
                            "lab/qemu/101 AGENT_SILENT",
                            "lab/qemu/102 AGENT_SILENT",
                            "lab/qemu/103 AGENT_UNSUPPORTED",
                            "lab/qemu/104 AGENT_ERROR",
                            "lab/qemu/106 AGENT_ERROR");
            assertThat(Found.texts(found.host("lab/qemu/106/net0").path("ip_addresses")))
                    .containsExactly("10.9.9.9");
        }
    }
}
