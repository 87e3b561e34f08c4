package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.ActiveFault;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.RecordedRequest;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run ends in time, whatever hangs; what was not reached is said to be so. */
public class RunDeadlineTest {

    @TempDir
    private Path folder;

    private static SimulatedCluster cluster() {
        SimulatedCluster.Builder plan = Discovery.cluster();
        IntStream.rangeClosed(101, 105).forEach(vmid -> plan.guest(vm(vmid)));
        return plan.start();
    }

    private Discovery oneAfterTheOther(SimulatedCluster cluster, String deadline) {
        return Discovery.of(folder, cluster)
                .of("lab", "node-concurrency", "1")
                .of("lab", "agent-concurrency", "1")
                .with("discovery.run-deadline", deadline);
    }

    @Test
    void whatHangsThenAndWhatWasNotReachedAreDeadlineAndWhatWasReadIsDelivered() {
        try (SimulatedCluster cluster = cluster()) {
            ActiveFault hang = cluster.fault("/config", Fault.hang());
            cluster.fault("/config", Fault.none(), 2);
            Found found = oneAfterTheOther(cluster, "6s").once();

            assertThat(hang.hits()).isEqualTo(1);
            assertThat(found.exitCode()).as(found.err()).isEqualTo(3);
            assertThat(found.hosts()).hasSize(2);
            assertThat(found.errors()).hasSize(3).allMatch(error -> error.endsWith(" DEADLINE"));
            assertThat(found.errors().stream().map(error -> found.message(error.replace(" DEADLINE", ""))))
                    .containsOnlyOnce("the time of the run was over (discovery.run-deadline)")
                    .contains("was not reached in this run");
            assertThat(found.report().path("failed").asInt()).isEqualTo(3);
            assertThat(found.hasLatest("lab")).isFalse();
        }
    }

    @Test
    void anAgentThatHangsThenLeavesItsHostDeliveredAndTheOthersNotReached() {
        try (SimulatedCluster cluster = cluster()) {
            cluster.fault("/agent/", Fault.hang());
            Found found = oneAfterTheOther(cluster, "6s").once();

            assertThat(found.exitCode()).as(found.err()).isEqualTo(3);
            assertThat(found.hosts()).hasSize(1);
            assertThat(found.errors())
                    .filteredOn(error -> error.endsWith(" DEADLINE"))
                    .hasSize(4);
            assertThat(cluster.log().requests(RecordedRequest::isGuestCall)).hasSize(1);
        }
    }

    @Test
    void aListThatIsNotHadInTimeIsAClusterThatCannotBeRead() {
        try (SimulatedCluster cluster = cluster()) {
            cluster.fault("/cluster/resources", Fault.hang());
            Found found = oneAfterTheOther(cluster, "2s").once();

            assertThat(found.exitCode()).isEqualTo(4);
            assertThat(found.errors()).containsExactly("lab UNREACHABLE");
            assertThat(found.message("lab")).contains("the time of the run was over");
            assertThat(cluster.log().requests(request -> request.target().contains("/config")))
                    .isEmpty();
        }
    }

    @Test
    void theNextRunHasItsWholeTimeAgain() throws IOException {
        try (SimulatedCluster cluster = cluster();
                Service service = Service.start(oneAfterTheOther(cluster, "5s"))) {
            cluster.fault("/config", Fault.hang());
            service.pollNow();
            assertThat(service.awaitRuns("lab", 1).report().path("failed").asInt())
                    .isEqualTo(5);
            cluster.clearFaults();
            service.pollNow();
            Found found = service.awaitRuns("lab", 2);
            assertThat(found.errors()).isEmpty();
            assertThat(found.hosts()).hasSize(5);
        }
    }

    @Test
    void guestsThatWereNotReachedAreReadByTheNextQuickRunThatFindsThemDueAndNotAtOnce() throws IOException {
        try (SimulatedCluster cluster = cluster();
                Service service = Service.start(oneAfterTheOther(cluster, "5s"))) {
            cluster.fault("/config", Fault.hang());
            service.pollNow();
            service.awaitRuns("lab", 1);
            service.awaitIdle("lab");
            cluster.clearFaults();
            cluster.log().clear();
            service.pollQuickly("lab");
            assertThat(cluster.requests()).as("they rest for a minute").hasSize(1);
        }
    }

    @Test
    void whoWaitsToAskAgainDoesNotHoldUpTheEndOfTheProgram() throws Exception {
        try (SimulatedCluster cluster = cluster()) {
            ActiveFault fault = cluster.fault("/nodes$", Fault.unavailable(Duration.ofMinutes(1)));
            Service service = Service.start(Discovery.of(folder, cluster));
            service.pollNow();
            cluster.log().awaitRequest(request -> request.status() == 503, Duration.ofSeconds(30));
            service.close();
            assertThat(fault.hits()).isEqualTo(1);
            assertThat(service.reports("lab"))
                    .as("a run that was broken off is worth nothing")
                    .isZero();
        }
    }
}
