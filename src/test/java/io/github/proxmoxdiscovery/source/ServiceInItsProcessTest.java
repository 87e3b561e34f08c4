package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.delivery.Output;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Gate;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} and {@code once} in a process of their own: begin at once, end by SIGTERM. */
public class ServiceInItsProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SIGTERM = 128 + 15;

    @TempDir
    private Path folder;

    private Discovery discovery(SimulatedCluster cluster) {
        return Discovery.of(folder, cluster).with("discovery.schedule", "0 0 0 1 1 ? 2099");
    }

    @Test
    void beginsWithARunAtOnceAndEndsCleanlyWhenToldTo() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster().guest(plainVm(101)).start();
                Fork fork = Fork.start(discovery(cluster), "run")) {
            Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("out/lab/latest.ndjson")));
            fork.terminate();
            Program.Result result = fork.await();

            assertThat(result.exitCode()).as(result.err()).isEqualTo(SIGTERM);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).doesNotContain("ERROR", "WARN");
            assertThat(files()).hasSize(3).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void aRunThatIsBrokenOffBySigtermDeliversNothing() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster()
                        .guest(plainVm(101))
                        .guest(plainVm(102))
                        .guest(plainVm(103))
                        .start();
                Gate gate = cluster.gate("/qemu/102/config");
                Fork fork = Fork.start(discovery(cluster), "run")) {
            gate.awaitHeld(1, PATIENCE);
            fork.terminate();
            Program.Result result = fork.await();

            assertThat(result.exitCode()).as(result.err()).isEqualTo(SIGTERM);
            assertThat(files()).as(result.err()).allMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void onceRemembersWhatASinkDidNotTakeUntilSigterm() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster().guest(plainVm(101)).start();
                Fork fork = Fork.start(
                        discovery(cluster).with("discovery.sinks", "http").with("sink.http.url", "http://127.0.0.1:1/"),
                        "once")) {
            Path log = folder.resolve("stderr");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Files.readString(log).contains("sink http fails"));
            fork.terminate();
            Program.Result result = fork.await();

            assertThat(result.exitCode()).as(result.err()).isEqualTo(SIGTERM);
            assertThat(result.err())
                    .contains("sink http took 0 hosts, and lacks 1, which it gets with the next runs")
                    .doesNotContain("Forcing shutdown");
            assertThat(new Output(folder).lackingIds("http")).containsExactly("lab/qemu/101/net0");
        }
    }

    @Test
    void onceEndsBySigtermWhileItWaitsToAskAgain() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster().guest(plainVm(101)).start()) {
            cluster.fault("/cluster/resources", Fault.unavailable(Duration.ofSeconds(50)));
            try (Fork fork = Fork.start(discovery(cluster), "once")) {
                cluster.log().awaitRequest(asked -> asked.target().contains("/cluster/resources"), PATIENCE);
                fork.terminate();
                Program.Result result = fork.await();

                assertThat(result.exitCode()).as(result.err()).isEqualTo(SIGTERM);
                assertThat(result.err()).contains("stopped in the middle").doesNotContain("Forcing shutdown");
            }
        }
    }

    private List<String> files() throws IOException {
        if (Files.notExists(folder.resolve("out"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
