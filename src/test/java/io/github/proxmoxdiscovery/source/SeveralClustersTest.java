package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Gate;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters are read side by side, and none has to do with another. */
public class SeveralClustersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private static SimulatedCluster cluster(int vmid) {
        return Discovery.cluster().guest(plainVm(vmid)).start();
    }

    private Discovery both(SimulatedCluster north, SimulatedCluster south) {
        return Discovery.in(folder).read("north", north).read("south", south);
    }

    @Test
    void aClusterThatHangsDoesNotHoldUpTheOther() throws Exception {
        try (SimulatedCluster north = cluster(101);
                SimulatedCluster south = cluster(102);
                Gate gate = north.gate("/cluster/resources")) {
            CompletableFuture<Found> run = both(north, south).start();
            gate.awaitHeld(1, PATIENCE);
            Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("out/south/latest.ndjson")));
            assertThat(folder.resolve("out/north/latest.ndjson")).doesNotExist();
            assertThat(run).isNotDone();
            gate.open();
            Found found = run.get();

            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.latest("north")).containsOnlyKeys("north/qemu/101/net0");
            assertThat(found.latest("south")).containsOnlyKeys("south/qemu/102/net0");
        }
    }

    @Test
    void aClusterThatNeverAnswersMakesTheRunIncompleteAndNoMore() {
        try (SimulatedCluster north = cluster(101);
                SimulatedCluster south = cluster(102)) {
            north.fault("/api2/json/nodes$", Fault.hang());
            Found found = both(north, south).of("north", "timeout", "400ms").once();

            assertThat(found.exitCode()).isEqualTo(3);
            assertThat(found.errors("north")).containsExactly("north UNREACHABLE");
            assertThat(found.hasLatest("north")).isFalse();
            assertThat(found.latest("south")).containsOnlyKeys("south/qemu/102/net0");
            assertThat(found.report("south").path("complete").asBoolean()).isTrue();
        }
    }

    @Test
    void whenNoClusterCanBeReadTheExitCodeSaysSo() {
        try (SimulatedCluster north = cluster(101);
                SimulatedCluster south = cluster(102)) {
            north.fault("/api2/json/nodes$", Fault.status(401, "Authentication failed!"));
            south.fault("/api2/json/nodes$", Fault.reset());
            Found found = both(north, south).once();

            assertThat(found.exitCode()).isEqualTo(4);
            assertThat(found.errors("north")).containsExactly("north LOGIN_FAILED");
            assertThat(found.errors("south")).containsExactly("south UNREACHABLE");
        }
    }

    @Test
    void everyMessageAndReportNamesItsCluster() {
        try (SimulatedCluster north = cluster(101);
                SimulatedCluster south = cluster(101)) {
            Found found = both(north, south).once();

            for (String name : List.of("north", "south")) {
                assertThat(found.hosts(name)).containsOnlyKeys(name + "/qemu/101/net0");
                assertThat(found.hosts(name).values())
                        .allMatch(host -> host.at("/proxmox/cluster").asText().equals(name));
                assertThat(found.report(name).path("cluster").asText()).isEqualTo(name);
            }
            assertThat(found.report("north").path("run_id"))
                    .isNotEqualTo(found.report("south").path("run_id"));
        }
    }

    @Test
    void aMacThatTwoClustersHaveIsInTheReportAndNotInTheMessages() {
        try (SimulatedCluster north = cluster(101);
                SimulatedCluster south = cluster(101)) {
            Found found = both(north, south).once();

            List<String> errors = Stream.of("north", "south")
                    .flatMap(name -> found.errors(name).stream())
                    .toList();
            assertThat(errors).as("told by the one that was read last").hasSize(1);
            assertThat(errors.get(0)).matches("(north|south) DUPLICATE_MAC");
            assertThat(Stream.of("north", "south").flatMap(name -> found.hosts(name).values().stream()))
                    .allMatch(host -> host.at("/proxmox/notes").isEmpty());
            assertThat(found.exitCode()).isZero();
        }
    }

    @Test
    void aMacThatTwoGuestsOfOneClusterHaveIsNotedOnBoth() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(plainVm(101))
                .guest(plainVm(102)
                        .config("net0", "virtio=" + SampleGuests.mac(101).toUpperCase()))
                .guest(plainVm(103))
                .start()) {
            Found found = Discovery.of(folder, cluster).once();

            assertThat(found.errors()).containsExactly("lab DUPLICATE_MAC");
            assertThat(Found.texts(found.host("lab/qemu/101/net0").at("/proxmox/notes")))
                    .containsExactly("DUPLICATE_MAC");
            assertThat(Found.texts(found.host("lab/qemu/102/net0").at("/proxmox/notes")))
                    .containsExactly("DUPLICATE_MAC");
            assertThat(Found.texts(found.host("lab/qemu/103/net0").at("/proxmox/notes")))
                    .isEmpty();
            assertThat(found.exitCode()).isZero();
        }
    }

    @Test
    void twoRunsOfOneClusterNeverOverlapAndTheMissedTickIsCounted() throws Exception {
        try (SimulatedCluster cluster = cluster(101);
                Gate gate = cluster.gate("/config");
                Service service = Service.start(Discovery.of(folder, cluster))) {
            service.pollNow();
            gate.awaitHeld(1, PATIENCE);
            service.pollNow();
            service.pollNow();
            service.awaitMissed("lab", 2);
            assertThat(gate.held()).isEqualTo(1);
            gate.open();
            service.awaitRuns("lab", 1);
            assertThat(nodesAsked(cluster)).isEqualTo(1);

            service.pollNow();
            service.awaitRuns("lab", 2);
            assertThat(nodesAsked(cluster)).isEqualTo(2);
        }
    }

    private static long nodesAsked(SimulatedCluster cluster) {
        return cluster.log()
                .requests(request -> request.target().endsWith("/nodes"))
                .size();
    }

    @Test
    void theScheduleStartsOneRunAfterTheOther() throws IOException {
        try (SimulatedCluster cluster = cluster(101);
                Service service =
                        Service.start(Discovery.of(folder, cluster).with("discovery.schedule", "0/1 * * * * ?"))) {
            Found found = service.awaitRuns("lab", 2);
            assertThat(found.latest("lab")).containsOnlyKeys("lab/qemu/101/net0");
        }
    }
}
