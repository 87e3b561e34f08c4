package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Gate;
import io.github.proxmoxdiscovery.sim.RecordedRequest;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full and quick runs of a cluster never overlap, and clusters wait for their turn where that is wanted. */
public class RunsMeetTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private static List<String> targets(SimulatedCluster cluster) {
        return cluster.requests().stream().map(RecordedRequest::target).toList();
    }

    @Test
    void aFullRunWaitsForAQuickOne() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster()
                        .guest(plainVm(101))
                        .guest(plainVm(102))
                        .start();
                Service service = Service.start(Discovery.of(folder, cluster))) {
            service.pollNow();
            service.awaitRuns("lab", 1);
            service.awaitIdle("lab");
            cluster.log().clear();
            cluster.change(101, guest -> guest.tags("new"));
            Gate gate = cluster.gate("/config");
            service.startQuickly();
            gate.awaitHeld(1, PATIENCE);
            service.pollNow();
            service.pollNow();
            service.awaitMissed("lab", 1);
            assertThat(targets(cluster))
                    .as("the full run has not begun")
                    .noneMatch(target -> target.endsWith("/nodes"));
            gate.open();
            Found found = service.awaitRuns("lab", 3);
            service.awaitIdle("lab");

            assertThat(service.missed("lab")).as("only the second of the two").isEqualTo(1);
            assertThat(service.reports("lab")).isEqualTo(3);
            assertThat(found.report().path("kind").asText()).isEqualTo("full");
            assertThat(found.hosts()).hasSize(2);
            assertThat(targets(cluster))
                    .filteredOn(target -> target.endsWith("/nodes"))
                    .hasSize(1);
        }
    }

    @Test
    void aQuickRunIsLeftOutWhileAFullOneGoesOn() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster().guest(plainVm(101)).start();
                Service service = Service.start(Discovery.of(folder, cluster))) {
            service.pollNow();
            service.awaitRuns("lab", 1);
            service.awaitTicks(1);
            Gate gate = cluster.gate("/config");
            service.pollNow();
            gate.awaitHeld(1, PATIENCE);
            service.startQuickly();
            service.awaitTicks(2);
            gate.open();
            service.awaitRuns("lab", 2);
            service.awaitTicks(3);

            assertThat(service.missed("lab")).isZero();
            assertThat(targets(cluster))
                    .filteredOn(target -> target.contains("/cluster/resources"))
                    .hasSize(2);
        }
    }

    @Test
    void aQuickRunIsLeftOutWhileTheLastOneGoesOnAndWhatChangedMeanwhileIsFoundByTheNext() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster().guest(plainVm(101)).start();
                Service service = Service.start(Discovery.of(folder, cluster))) {
            service.pollNow();
            service.awaitRuns("lab", 1);
            service.awaitTicks(1);
            cluster.change(101, guest -> guest.tags("new"));
            Gate gate = cluster.gate("/config");
            service.startQuickly();
            gate.awaitHeld(1, PATIENCE);
            cluster.put(plainVm(102));
            service.startQuickly();
            service.awaitTicks(2);
            gate.open();
            assertThat(service.awaitRuns("lab", 2).hosts()).containsOnlyKeys(vmId(101));
            service.awaitTicks(3);
            service.pollQuickly("lab");
            assertThat(service.awaitRuns("lab", 3).hosts()).containsOnlyKeys(vmId(102));
        }
    }

    @Test
    void beforeTheFirstFullRunThereIsNoQuickOne() throws IOException {
        try (SimulatedCluster cluster = Discovery.cluster().guest(plainVm(101)).start();
                Service service = Service.start(Discovery.of(folder, cluster))) {
            service.pollQuickly("lab");
            assertThat(cluster.requests()).isEmpty();
        }
    }

    @Test
    void aGuestThatIsListedOnTwoNodesForAMomentIsReadOnce() throws IOException {
        try (SimulatedCluster cluster = Discovery.cluster().guest(plainVm(101)).start();
                Service service = Service.start(Discovery.of(folder, cluster))) {
            service.pollNow();
            service.awaitRuns("lab", 1);
            service.awaitTicks(1);
            cluster.put(plainVm(102).node("pve2"));
            cluster.listTwice(102, "pve1");
            service.pollQuickly("lab");
            Found found = service.awaitRuns("lab", 2);
            assertThat(found.hosts()).containsOnlyKeys(vmId(102));
            assertThat(found.errors()).isEmpty();
            assertThat(found.report().path("guests").asInt()).isEqualTo(1);
            service.pollNow();
            Found full = service.awaitRuns("lab", 3);
            assertThat(full.hosts()).hasSize(2);
            assertThat(full.errors()).isEmpty();
            assertThat(full.host(vmId(102)).at("/proxmox/node").asText()).isEqualTo("pve2");
        }
    }

    @Test
    void aGuestWhoseRowMakesNoSenseForAMomentIsNotGone() throws IOException {
        try (SimulatedCluster cluster = Discovery.cluster()
                        .guest(plainVm(101))
                        .guest(plainVm(102))
                        .start();
                Service service = Service.start(Discovery.of(folder, cluster))) {
            service.pollNow();
            service.awaitRuns("lab", 1);
            service.awaitTicks(1);
            cluster.fault(
                    "/cluster/resources",
                    Fault.json("{\"data\":[{\"type\":\"qemu\",\"vmid\":101,\"node\":\"pve1\",\"status\":\"running\","
                            + "\"tags\":\"x\"},{\"type\":\"qemu\",\"vmid\":102}]}"),
                    1);
            service.pollQuickly("lab");
            Found found = service.awaitRuns("lab", 2);
            assertThat(found.errors()).containsExactly("lab BAD_REPLY");
            assertThat(found.report().path("complete").asBoolean()).isFalse();
            cluster.log().clear();
            cluster.change(101, guest -> guest.tags("x"));
            service.pollQuickly("lab");
            assertThat(targets(cluster)).as("102 is known as before").hasSize(1);
        }
    }

    @Test
    void noMoreClustersAreReadAtOnceThanAllowed() throws Exception {
        try (SimulatedCluster north = Discovery.cluster().guest(plainVm(101)).start();
                SimulatedCluster south = Discovery.cluster().guest(plainVm(102)).start();
                Gate gate = north.gate("/config")) {
            CompletableFuture<Found> run = Discovery.in(folder)
                    .read("north", north)
                    .read("south", south)
                    .with("discovery.concurrent-clusters", "1")
                    .start();
            gate.awaitHeld(1, PATIENCE);
            assertThat(south.requests()).isEmpty();
            gate.open();
            Found found = run.get();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts("south")).hasSize(1);
            assertThat(moment(found, "south", "started_at")).isAfterOrEqualTo(moment(found, "north", "finished_at"));
        }
    }

    private static Instant moment(Found found, String cluster, String key) {
        return Instant.parse(found.report(cluster).path(key).asText());
    }

    @Test
    void aClusterThatStillWaitsForItsTurnWhenTheProgramEndsIsNotReportedAsBroken() throws Exception {
        try (SimulatedCluster north = Discovery.cluster().guest(plainVm(101)).start();
                SimulatedCluster south = Discovery.cluster().guest(plainVm(102)).start();
                Gate gate = north.gate("/config")) {
            Service service = Service.start(Discovery.in(folder)
                    .read("north", north)
                    .read("south", south)
                    .with("discovery.concurrent-clusters", "1"));
            service.pollNow();
            gate.awaitHeld(1, PATIENCE);
            service.close();
            assertThat(south.requests()).isEmpty();
            assertThat(service.reports("south")).isZero();
            assertThat(service.reports("north")).isZero();
        }
    }
}
