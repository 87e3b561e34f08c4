package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.container;
import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Gate;
import io.github.proxmoxdiscovery.sim.NodeState;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between the list and a guest's turn, the guest may have been removed, or be on another node. */
public class GuestsMoveWhileTheyAreReadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    /** Runs {@code once}, and changes the cluster when the lists were given and no guest was read yet. */
    private Found onceWhile(SimulatedCluster cluster, Runnable change) throws Exception {
        try (Gate gate = cluster.gate("/config")) {
            CompletableFuture<Found> run = Discovery.of(folder, cluster).start();
            gate.awaitHeld(1, PATIENCE);
            change.run();
            gate.open();
            return run.get();
        }
    }

    @Test
    void aGuestThatIsGoneIsSkippedAndTheRunStaysComplete() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(vm(101))
                .guest(vm(102))
                .guest(container(201))
                .start()) {
            Found found = onceWhile(cluster, () -> {
                cluster.remove(102);
                cluster.remove(201);
            });

            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.errors()).containsExactly("lab/lxc/201 GONE", "lab/qemu/102 GONE");
            assertThat(found.report().path("skipped").asInt()).isEqualTo(2);
            assertThat(found.report().path("complete").asBoolean()).isTrue();
            assertThat(found.latest("lab")).containsOnlyKeys(vmId(101));
        }
    }

    @Test
    void aGuestThatMigratedIsReadOnceOnItsNewNodeUnderTheSameId() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(vm(101))
                .guest(vm(102))
                .guest(vm(103).node("pve2"))
                .start()) {
            Found found = onceWhile(cluster, () -> cluster.migrate(102, "pve2"));

            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).containsOnlyKeys(vmId(101), vmId(102), vmId(103));
            assertThat(found.host(vmId(102)).at("/proxmox/node").asText()).isEqualTo("pve2");
            assertThat(Found.texts(found.host(vmId(102)).path("ip_addresses"))).containsExactly("10.0.1.2");
            assertThat(found.errors()).isEmpty();
            assertThat(found.node("pve1").path("guests").asInt()).isEqualTo(1);
            assertThat(found.node("pve2").path("guests").asInt()).isEqualTo(2);
            assertThat(found.node("pve2").path("read").asInt()).isEqualTo(2);
            assertThat(found.node("pve2").path("hosts").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aWholeNodeThatIsEmptiedIsReadOnTheOthersWithinTheirLimits() throws Exception {
        SimulatedCluster.Builder plan = Discovery.cluster();
        for (int vmid = 101; vmid <= 120; vmid++) {
            plan.guest(plainVm(vmid).node(vmid % 2 == 0 ? "pve1" : "pve2"));
        }
        try (SimulatedCluster cluster = plan.start()) {
            Found found = onceWhile(cluster, () -> {
                for (int vmid = 101; vmid <= 119; vmid += 2) {
                    cluster.migrate(vmid, "pve1");
                }
            });

            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).hasSize(20);
            assertThat(found.node("pve1").path("read").asInt()).isEqualTo(20);
            assertThat(found.node("pve2").path("guests").asInt()).isZero();
        }
    }

    @Test
    void aGuestThatMovedToADeadNodeFailsWithThatNode() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster()
                .node("pve3", NodeState.dying("Connection refused"))
                .guest(vm(101))
                .guest(vm(102))
                .start()) {
            Found found = onceWhile(cluster, () -> cluster.migrate(102, "pve3"));

            assertThat(found.exitCode()).isEqualTo(3);
            assertThat(found.errors()).containsExactly("lab/pve3 NODE_OFFLINE");
            assertThat(found.node("pve3").path("failed").asInt()).isEqualTo(1);
            assertThat(found.hosts()).containsOnlyKeys(vmId(101));
        }
    }

    @Test
    void aVmidThatIsAContainerByNowIsNotTakenForTheVm() throws Exception {
        try (SimulatedCluster cluster =
                Discovery.cluster().guest(vm(101)).guest(vm(102)).start()) {
            Found found = onceWhile(cluster, () -> {
                cluster.remove(102);
                cluster.put(container(102));
            });

            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.errors()).containsExactly("lab/qemu/102 GONE");
            assertThat(found.hosts()).containsOnlyKeys(vmId(101));
        }
    }

    @Test
    void aGuestThatIsListedButNowhereToBeFoundIsFailedAndNotGone() {
        try (SimulatedCluster cluster =
                Discovery.cluster().guest(vm(101)).guest(vm(102)).start()) {
            cluster.fault(
                    "/qemu/102/config",
                    Fault.status(500, "Configuration file 'nodes/pve1/qemu-server/102.conf' does not exist"));
            Found found = Discovery.of(folder, cluster).once();

            assertThat(found.exitCode()).isEqualTo(3);
            assertThat(found.errors()).containsExactly("lab/qemu/102 SERVER_ERROR");
        }
    }

    @Test
    void aGuestWhoseWhereaboutsCannotBeAskedIsFailedAndNotGone() throws Exception {
        try (SimulatedCluster cluster =
                Discovery.cluster().guest(vm(101)).guest(vm(102)).start()) {
            Found found = onceWhile(cluster, () -> {
                cluster.remove(102);
                cluster.fault("/cluster/resources", Fault.status(500, "got no lock"));
            });

            assertThat(found.exitCode()).isEqualTo(3);
            assertThat(found.errors()).containsExactly("lab/qemu/102 SERVER_ERROR");
            assertThat(found.hosts()).containsOnlyKeys(vmId(101));
        }
    }
}
