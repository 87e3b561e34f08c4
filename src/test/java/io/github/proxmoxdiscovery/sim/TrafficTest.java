package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a test can see and hold of the traffic: log, marks, gates, workers, order. */
class TrafficTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String AGENT = "/nodes/pve1/qemu/101/agent/network-get-interfaces";
    private static final String CONFIG = "/nodes/pve2/qemu/102/config";

    @Test
    void logsRequestsWithTheirStatus() throws IOException {
        try (SimulatedCluster cluster = Samples.cluster().start()) {
            get(cluster, CONFIG);
            get(cluster, "/nothing");
            assertThat(cluster.requests()).extracting(RecordedRequest::status).containsExactly(200, 501);
            RecordedRequest first = cluster.requests().get(0);
            assertThat(first.target()).isEqualTo("/api2/json" + CONFIG);
            assertThat(first.node()).isEqualTo("pve2");
            assertThat(first.guest()).isEqualTo("102");
            assertThat(first.headers()).containsKey("authorization");
        }
    }

    @Test
    void aGateHoldsRequestsAndTheMarksShowHowManyWereAtOnce() throws Exception {
        try (SimulatedCluster cluster = Samples.cluster().start();
                Gate gate = cluster.gate("/nodes/")) {
            List<CompletableFuture<Integer>> calls = all(cluster, AGENT, AGENT, CONFIG);
            gate.awaitHeld(3, PATIENCE);
            assertThat(cluster.log().maxInFlight()).isEqualTo(3);
            assertThat(cluster.log().maxInFlight("pve1")).isEqualTo(2);
            assertThat(cluster.log().maxGuestCallsInFlight("pve1")).isEqualTo(2);
            assertThat(cluster.log().maxGuestCallsInFlight("pve2")).isZero();
            assertThat(cluster.log().maxInFlightOfOneGuest()).isEqualTo(2);
            gate.open();
            assertThat(calls).allSatisfy(call -> assertThat(call.get()).isEqualTo(200));
        }
    }

    @Test
    void aGateLetsSingleRequestsPass() throws Exception {
        try (SimulatedCluster cluster = Samples.cluster().start();
                Gate gate = cluster.gate("/config")) {
            List<CompletableFuture<Integer>> calls = all(cluster, CONFIG, CONFIG);
            gate.awaitHeld(2, PATIENCE);
            gate.letOnePass();
            cluster.log().awaitRequest(request -> request.status() == 200, PATIENCE);
            assertThat(gate.held()).isEqualTo(1);
            gate.open();
            assertThat(calls).allSatisfy(call -> assertThat(call.get()).isEqualTo(200));
        }
    }

    @Test
    void protectedCallsWaitForOneOfTheWorkersOfTheirNode() {
        try (SimulatedCluster cluster = Samples.cluster()
                .workers(3, 3)
                .latency(Latency.none().withGuestCall(Duration.ofMillis(50)))
                .start()) {
            long before = System.nanoTime();
            String[] six = IntStream.range(0, 6).mapToObj(i -> AGENT).toArray(String[]::new);
            assertThat(all(cluster, six))
                    .allSatisfy(call -> assertThat(call.get()).isEqualTo(200));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void listsAndKeysComeInAnotherOrderEachTime() throws IOException {
        try (SimulatedCluster cluster = Samples.cluster().start()) {
            Set<String> answers = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                answers.add(get(cluster, "/cluster/resources").body());
            }
            assertThat(answers).hasSizeGreaterThan(5);
        }
    }

    @Test
    void theSameRandomSourceGivesTheSameOrder() throws IOException {
        try (SimulatedCluster one = Samples.cluster().random(new Random(7)).start();
                SimulatedCluster other = Samples.cluster().random(new Random(7)).start()) {
            assertThat(get(one, "/cluster/resources").body())
                    .isEqualTo(get(other, "/cluster/resources").body());
        }
    }

    private static List<CompletableFuture<Integer>> all(SimulatedCluster cluster, String... paths) {
        return List.of(paths).stream()
                .map(path -> {
                    CompletableFuture<Integer> status = new CompletableFuture<>();
                    new Thread(() -> status.complete(status(cluster, path))).start();
                    return status;
                })
                .toList();
    }

    private static int status(SimulatedCluster cluster, String path) {
        try {
            return get(cluster, path).status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawClient.Reply get(SimulatedCluster cluster, String path) throws IOException {
        return RawClient.get(cluster, path, Samples.AUTHORIZATION);
    }
}
