package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.container;
import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.Gate;
import io.github.proxmoxdiscovery.sim.Latency;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Proxmox node has three workers, and its users want them: the limits are kept whatever happens. */
public class CourtesyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    /** Guests 101 to 130, by turns on pve1 and pve2. */
    private static SimulatedCluster cluster() {
        SimulatedCluster.Builder plan = Discovery.cluster();
        IntStream.rangeClosed(101, 130)
                .forEach(vmid ->
                        plan.guest((vmid % 3 == 0 ? container(vmid) : vm(vmid)).node(vmid % 2 == 0 ? "pve1" : "pve2")));
        return plan.start();
    }

    @Test
    void noNodeHasMoreRequestsAtOnceThanAllowed() throws Exception {
        try (SimulatedCluster cluster = cluster();
                Gate configs = cluster.gate("/config");
                Gate calls = cluster.gate("/agent/|/interfaces")) {
            CompletableFuture<Found> run = Discovery.of(folder, cluster)
                    .of("lab", "node-concurrency", "3")
                    .of("lab", "agent-concurrency", "1")
                    .start();
            configs.awaitHeld(2 * 3, PATIENCE);
            configs.open();
            calls.awaitHeld(2, PATIENCE);
            calls.open();
            Found found = run.get();

            assertThat(found.exitCode()).as(found.err()).isZero();
            for (String node : new String[] {"pve1", "pve2"}) {
                assertThat(cluster.log().maxInFlight(node)).as(node).isEqualTo(3);
                assertThat(cluster.log().maxGuestCallsInFlight(node)).as(node).isEqualTo(1);
            }
            assertThat(cluster.log().maxInFlightOfOneGuest()).isEqualTo(1);
        }
    }

    @Test
    void theClusterAsAWholeHasALimitToo() throws Exception {
        try (SimulatedCluster cluster = cluster();
                Gate gate = cluster.gate("/config")) {
            CompletableFuture<Found> run =
                    Discovery.of(folder, cluster).of("lab", "concurrency", "5").start();
            gate.awaitHeld(5, PATIENCE);
            gate.open();

            assertThat(run.get().exitCode()).isZero();
            assertThat(cluster.log().maxInFlight()).isEqualTo(5);
        }
    }

    @Test
    void aSlowNodeDoesNotHoldTheOthersBack() throws Exception {
        try (SimulatedCluster cluster = cluster();
                Gate gate = cluster.gate("/nodes/pve1/")) {
            CompletableFuture<Found> run =
                    Discovery.of(folder, cluster).of("lab", "concurrency", "6").start();
            gate.awaitHeld(4, PATIENCE);
            Awaitility.await().atMost(PATIENCE).until(() -> configsRead(cluster, "pve2") == 15);
            assertThat(configsRead(cluster, "pve1")).isZero();
            gate.open();

            assertThat(run.get().hosts()).hasSize(30);
        }
    }

    @Test
    void noGuestWaitsBehindOneThatHangs() throws Exception {
        try (SimulatedCluster cluster = cluster();
                Gate gate = cluster.gate("/lxc/102/|/qemu/104/")) {
            CompletableFuture<Found> run = Discovery.of(folder, cluster).start();
            gate.awaitHeld(2, PATIENCE);
            Awaitility.await().atMost(PATIENCE).until(() -> configsRead(cluster, "pve1") == 13);
            gate.open();

            assertThat(run.get().hosts()).hasSize(30);
        }
    }

    private static long configsRead(SimulatedCluster cluster, String node) {
        return cluster.log()
                .requests(request ->
                        request.node().equals(node) && request.target().contains("/config") && request.status() == 200)
                .size();
    }

    @Test
    void guestsThatMoveToOneNodeDoNotBringMoreRequestsToIt() throws Exception {
        SimulatedCluster.Builder plan = Discovery.cluster();
        IntStream.rangeClosed(101, 140)
                .forEach(vmid -> plan.guest(plainVm(vmid).node(vmid % 2 == 0 ? "pve1" : "pve2")));
        try (SimulatedCluster cluster = plan.start();
                Gate gate = cluster.gate("/config")) {
            CompletableFuture<Found> run = Discovery.of(folder, cluster)
                    .of("lab", "node-concurrency", "2")
                    .of("lab", "agent-concurrency", "1")
                    .start();
            gate.awaitHeld(4, PATIENCE);
            IntStream.rangeClosed(101, 140).forEach(vmid -> cluster.migrate(vmid, "pve2"));
            cluster.latency(Latency.none().withConfig(Duration.ofMillis(10)));
            gate.open();

            Found found = run.get();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).hasSize(40);
            assertThat(cluster.log().maxInFlight("pve2")).isEqualTo(2);
        }
    }
}
