package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.NodeState;
import io.github.proxmoxdiscovery.sim.PortState;
import io.github.proxmoxdiscovery.sim.RecordedRequest;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each node may be asked at its own address; the entry node knows a way to those that cannot be reached there. */
public class NodesAskedDirectlyTest {

    @TempDir
    private Path folder;

    private static SimulatedCluster.Builder plan() {
        SimulatedCluster.Builder plan = Discovery.cluster().ownAddresses().guest(vm(101));
        IntStream.rangeClosed(201, 206).forEach(vmid -> plan.guest(vm(vmid).node("pve2")));
        return plan;
    }

    private Discovery direct(SimulatedCluster cluster) {
        return Discovery.of(folder, cluster).of("lab", "direct", "true");
    }

    private static List<String> askedFor(SimulatedCluster cluster, String node) {
        return cluster.log().requests(request -> request.target().contains("/nodes/" + node + "/")).stream()
                .map(RecordedRequest::askedNode)
                .distinct()
                .toList();
    }

    private static long statusAsked(SimulatedCluster cluster) {
        return cluster.log()
                .requests(request -> request.target().endsWith("/cluster/status"))
                .size();
    }

    private static void isComplete(Found found) {
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(found.errors()).isEmpty();
        assertThat(found.hosts()).hasSize(7);
    }

    @Test
    void eachGuestIsAskedForAtItsOwnNode() {
        try (SimulatedCluster cluster = plan().start()) {
            isComplete(direct(cluster).once());
            assertThat(askedFor(cluster, "pve1")).containsExactly("pve1");
            assertThat(askedFor(cluster, "pve2")).containsExactly("pve2");
            assertThat(statusAsked(cluster)).isEqualTo(1);
        }
    }

    @Test
    void unlessItIsWantedTheEntryNodeIsAskedForAll() {
        try (SimulatedCluster cluster = plan().start()) {
            isComplete(Discovery.of(folder, cluster).once());
            assertThat(askedFor(cluster, "pve2")).containsExactly("pve1");
            assertThat(statusAsked(cluster)).isEqualTo(1);
        }
    }

    @Test
    void addressesThatAreSetAreNotAskedFor() {
        try (SimulatedCluster cluster = plan().start()) {
            isComplete(direct(cluster)
                    .of("lab", "direct-addresses", "pve2=" + cluster.url("pve2"))
                    .once());
            assertThat(askedFor(cluster, "pve2")).containsExactly("pve2");
            assertThat(askedFor(cluster, "pve1")).containsExactly("pve1");
            assertThat(statusAsked(cluster)).as("for its name").isEqualTo(1);
        }
    }

    @Test
    void addressesThatNameTheWrongNodesAreSaidToDoSo() {
        try (SimulatedCluster cluster = plan().start()) {
            Found found = direct(cluster)
                    .of("lab", "direct-addresses", "pve1=" + cluster.url("pve1") + ",pve9=" + cluster.url("pve2"))
                    .once();
            isComplete(found);
            assertThat(found.log())
                    .filteredOn(line -> line.contains("WARN"))
                    .anyMatch(line -> line.contains("direct-addresses names the node pve9, which is not there"))
                    .anyMatch(line -> line.contains("direct-addresses does not name pve2"));
        }
    }

    @Test
    void whenTheAddressesAreNotToldTheEntryNodeIsAskedForAllAndThePrivilegeIsNamed() {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.fault("/cluster/status", Fault.status(403, "Permission check failed (/, Sys.Audit)"));
            Found found = direct(cluster).once();
            isComplete(found);
            assertThat(askedFor(cluster, "pve2")).containsExactly("pve1");
            assertThat(found.log())
                    .filteredOn(line -> line.contains("WARN"))
                    .singleElement()
                    .asString()
                    .contains("Permission check failed", "Sys.Audit on /", "proxmox.lab.direct-addresses");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PortState.class,
            names = {"CLOSED", "RESETTING"})
    void aNodeThatCannotBeReachedItselfIsAskedThroughTheEntryNode(PortState state) {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.port("pve2", state);
            Found found = direct(cluster).once();
            isComplete(found);
            assertThat(askedFor(cluster, "pve2")).containsExactly("pve1");
            assertThat(found.log())
                    .filteredOn(line -> line.contains("WARN"))
                    .singleElement()
                    .asString()
                    .contains("lab: pve2 is asked through " + cluster.url() + ": it cannot be reached itself");
        }
    }

    @Test
    void aNodeThatTakesConnectionsAndSaysNothingIsAskedThroughTheEntryNodeForAllItsGuests() {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.port("pve2", PortState.SILENT);
            isComplete(direct(cluster)
                    .of("lab", "timeout", "3s")
                    .of("lab", "connect-timeout", "1s")
                    .once());
            assertThat(askedFor(cluster, "pve2")).containsExactly("pve1");
        }
    }

    @Test
    void aNodeThatIsDownIsDownThroughTheEntryNodeAsWellAndReportedOnce() {
        try (SimulatedCluster cluster =
                plan().node("pve2", NodeState.dying("Connection refused")).start()) {
            Found found = direct(cluster)
                    .of("lab", "node-concurrency", "1")
                    .of("lab", "agent-concurrency", "1")
                    .of("lab", "retries", "0")
                    .once();
            assertThat(found.exitCode()).as(found.err()).isEqualTo(3);
            assertThat(found.errors()).containsExactly("lab/pve2 NODE_OFFLINE");
            assertThat(found.node("pve2").path("failed").asInt()).isEqualTo(6);
            assertThat(found.hosts()).containsOnlyKeys(vmId(101));
            assertThat(cluster.log().requests(request -> request.target().contains("/nodes/pve2/")))
                    .as("three in a row, and it is left alone")
                    .hasSize(3);
        }
    }

    @Test
    void aNodeThatIsBackIsAskedItselfInTheNextRun() throws IOException {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.port("pve2", PortState.CLOSED);
            try (Service service = Service.start(direct(cluster))) {
                service.pollNow();
                assertThat(service.awaitRuns("lab", 1).hosts()).hasSize(7);
                service.awaitIdle("lab");
                cluster.port("pve2", PortState.OPEN);
                cluster.log().clear();
                service.pollNow();
                assertThat(service.awaitRuns("lab", 2).hosts()).hasSize(7);
                assertThat(askedFor(cluster, "pve2")).containsExactly("pve2");
            }
        }
    }
}
