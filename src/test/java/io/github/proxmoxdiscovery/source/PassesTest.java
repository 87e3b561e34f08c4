package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.ActiveFault;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Gate;
import io.github.proxmoxdiscovery.sim.NodeState;
import io.github.proxmoxdiscovery.sim.PortState;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What meets an obstacle is read in another way if there is one, and costs few questions if there is none. */
public class PassesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private static SimulatedCluster.Builder plan(int guests, String node) {
        SimulatedCluster.Builder plan = Discovery.cluster();
        IntStream.range(101, 101 + guests)
                .forEach(vmid -> plan.guest(plainVm(vmid).node(node)));
        return plan;
    }

    private static int asked(SimulatedCluster cluster, String part) {
        return cluster.log()
                .requests(request -> request.target().contains(part))
                .size();
    }

    private Discovery oneLane(SimulatedCluster cluster) {
        return Discovery.of(folder, cluster).of("lab", "node-concurrency", "1").of("lab", "agent-concurrency", "1");
    }

    @Test
    void forAllGuestsThatMovedThereIsOneNewerList() throws Exception {
        try (SimulatedCluster cluster = plan(20, "pve2").start();
                Gate gate = cluster.gate("/config")) {
            CompletableFuture<Found> run = Discovery.of(folder, cluster).start();
            gate.awaitHeld(1, PATIENCE);
            IntStream.range(101, 116).forEach(vmid -> cluster.migrate(vmid, "pve1"));
            IntStream.range(116, 119).forEach(cluster::remove);
            gate.open();
            Found found = run.get();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).hasSize(17);
            assertThat(found.report().path("skipped").asInt()).isEqualTo(3);
            assertThat(found.node("pve1").path("read").asInt()).isEqualTo(15);
            assertThat(asked(cluster, "/cluster/resources")).isEqualTo(2);
        }
    }

    @Test
    void aGuestThatIsStillListedOnBothNodesIsReadOnTheOtherOne() {
        try (SimulatedCluster cluster = plan(3, "pve1").start()) {
            cluster.listTwice(102, "pve2");
            for (int i = 0; i < 5; i++) {
                Found found = Discovery.of(folder, cluster).once();
                assertThat(found.exitCode()).as(found.err()).isZero();
                assertThat(found.hosts()).hasSize(3);
                assertThat(found.host(vmId(102)).at("/proxmox/node").asText()).isEqualTo("pve1");
            }
        }
    }

    @Test
    void afterThreeGuestsInARowTheNodeIsLeftAloneAndTheOthersAreRead() {
        try (SimulatedCluster cluster = plan(10, "pve3")
                .node("pve3", NodeState.dying("Connection refused"))
                .guest(plainVm(201))
                .start()) {
            Found found = oneLane(cluster).of("lab", "retries", "0").once();
            assertThat(found.exitCode()).isEqualTo(3);
            assertThat(found.errors()).containsExactly("lab/pve3 NODE_OFFLINE");
            assertThat(found.node("pve3").path("failed").asInt()).isEqualTo(10);
            assertThat(found.hosts()).containsOnlyKeys(vmId(201));
            assertThat(asked(cluster, "/nodes/pve3/")).isEqualTo(3);
        }
    }

    @Test
    void threeTimeoutsInARowAreEnoughAsWell() {
        try (SimulatedCluster cluster = plan(10, "pve2").guest(plainVm(201)).start()) {
            cluster.fault("/nodes/pve2/", Fault.status(596, "Connection timed out"));
            Found found = oneLane(cluster).of("lab", "retries", "0").once();
            assertThat(found.errors()).hasSize(4).contains("lab/pve2 NODE_OFFLINE");
            assertThat(found.errors())
                    .filteredOn(error -> error.endsWith(" TIMEOUT"))
                    .hasSize(3);
            assertThat(found.message("lab/pve2")).isEqualTo("596 Connection timed out");
            assertThat(found.hosts()).containsOnlyKeys(vmId(201));
            assertThat(asked(cluster, "/nodes/pve2/")).isEqualTo(3);
        }
    }

    @Test
    void whenTheEntryNodeIsGoneInTheMiddleTheNextAddressIsAsked() throws Exception {
        try (SimulatedCluster cluster = plan(12, "pve2").start();
                Gate gate = cluster.gate("/config")) {
            CompletableFuture<Found> run = oneLane(cluster)
                    .of("lab", "url", cluster.url("pve1") + "," + cluster.url("pve2"))
                    .start();
            gate.awaitHeld(1, PATIENCE);
            cluster.port("pve1", PortState.CLOSED);
            gate.open();
            Found found = run.get();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).hasSize(12);
            assertThat(found.errors()).isEmpty();
            assertThat(found.log())
                    .filteredOn(line -> line.contains("WARN"))
                    .singleElement()
                    .asString()
                    .contains(
                            "lab: read at " + cluster.url("pve2") + " from here on instead of " + cluster.url("pve1"));
        }
    }

    @Test
    void whenNoAddressIsLeftInTheMiddleTheGuestsFailAndTheRunEnds() throws Exception {
        try (SimulatedCluster cluster = plan(12, "pve2").start();
                Gate gate = cluster.gate("/config")) {
            CompletableFuture<Found> run = oneLane(cluster)
                    .of("lab", "url", cluster.url("pve1") + "," + cluster.url("pve2"))
                    .start();
            gate.awaitHeld(1, PATIENCE);
            cluster.port("pve2", PortState.CLOSED);
            cluster.port("pve1", PortState.CLOSED);
            gate.open();
            Found found = run.get();
            assertThat(found.exitCode()).as(found.err()).isEqualTo(3);
            assertThat(found.errors()).isNotEmpty().allMatch(error -> error.endsWith(" SERVER_ERROR"));
            assertThat(found.message("lab/qemu/112")).contains("the API could not be reached any more");
            assertThat(found.hasLatest("lab")).isFalse();
        }
    }

    @Test
    void aDeadNodeStaysTheReasonWhenItsOwnAddressIsTheNextOneToBeAsked() {
        try (SimulatedCluster cluster = plan(6, "pve3")
                .node("pve3", NodeState.dying("Connection refused"))
                .start()) {
            cluster.port("pve3", PortState.CLOSED);
            Found found = oneLane(cluster)
                    .of("lab", "url", cluster.url("pve1") + "," + cluster.url("pve3"))
                    .of("lab", "retries", "0")
                    .once();
            assertThat(found.exitCode()).isEqualTo(3);
            assertThat(found.errors()).containsExactly("lab/pve3 NODE_OFFLINE");
            assertThat(found.message("lab/pve3")).isEqualTo("595 Connection refused");
            assertThat(found.node("pve3").path("failed").asInt()).isEqualTo(6);
            assertThat(asked(cluster, "/nodes/pve3/")).isEqualTo(3);
        }
    }

    @Test
    void anEntryNodeThatReachesNoOtherIsNoBetterThanADeadOne() {
        try (SimulatedCluster first = plan(6, "pve2").start();
                SimulatedCluster second = plan(6, "pve2").start()) {
            first.fault("/nodes/pve2/", Fault.status(595, "No route to host"));
            Found found = oneLane(first)
                    .of("lab", "url", first.url() + "," + second.url())
                    .once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).hasSize(6);
            assertThat(asked(second, "/config")).isEqualTo(6);
        }
    }

    @Test
    void afterAnAgentThatTimedOutTheNodeHasOneAgentCallAtATime() throws Exception {
        SimulatedCluster.Builder plan = Discovery.cluster();
        IntStream.rangeClosed(101, 120).forEach(vmid -> plan.guest(vm(vmid)));
        try (SimulatedCluster cluster = plan.start();
                Gate configs = cluster.gate("/config")) {
            ActiveFault fault = cluster.fault("/agent/", Fault.status(500, "QEMU guest agent is not running"), 1);
            CompletableFuture<Found> run = Discovery.of(folder, cluster)
                    .of("lab", "node-concurrency", "4")
                    .of("lab", "agent-concurrency", "4")
                    .start();
            configs.awaitHeld(4, PATIENCE);
            configs.letOnePass();
            cluster.log().awaitRequest(request -> request.isGuestCall() && request.status() == 500, PATIENCE);
            configs.awaitHeld(4, PATIENCE);
            configs.open();
            Found found = run.get();
            assertThat(fault.hits()).isEqualTo(1);
            assertThat(found.hosts()).hasSize(20);
            assertThat(cluster.log().maxGuestCallsInFlight("pve1")).isEqualTo(1);
        }
    }
}
