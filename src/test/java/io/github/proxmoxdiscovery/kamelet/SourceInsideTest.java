package io.github.proxmoxdiscovery.kamelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the source behaves inside an application: what it is told wrongly, its health, its start and its end. */
class SourceInsideTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NEVER = "0 0 0 1 1 ? 2099";

    @TempDir
    private Path folder;

    private final DefaultCamelContext application = new DefaultCamelContext();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        application.stop();
    }

    private static SimulatedCluster cluster(int guests) {
        SimulatedCluster.Builder cluster = Discovery.cluster();
        IntStream.rangeClosed(101, 100 + guests)
                .mapToObj(vmid -> SimulatedGuest.qemu(vmid, "web-" + vmid)
                        .config("net0", "virtio=BC:24:11:00:00:" + (vmid - 90) + ",bridge=vmbr0"))
                .forEach(cluster::guest);
        return cluster.start();
    }

    /** Starts the application with one source, whose hosts this takes. */
    private void start(SimulatedCluster cluster, String secret, String more, Processor taker) throws Exception {
        start(application, cluster, secret, more, taker);
    }

    private static void start(
            DefaultCamelContext application, SimulatedCluster cluster, String secret, String more, Processor taker)
            throws Exception {
        application.getRegistry().bind("taker", taker);
        PluginHelper.getRoutesLoader(application).loadRoutes(ResourceHelper.fromString("hosts.yaml", """
                - route:
                    id: hosts
                    from:
                      uri: kamelet:proxmox-hosts-source
                      parameters:
                        url: "%s"
                        tokenId: "%s"
                        secret: "%s"
                        fingerprint: "%s"
                        cluster: lab
                        schedule: "%s"
                        quickSchedule: "off"
                        %s
                      steps:
                        - process: {ref: taker}
                """.formatted(
                        cluster.url(), Discovery.TOKEN_ID, secret, cluster.fingerprint(), NEVER, more)));
        application.start();
    }

    private void take(Exchange exchange) {
        told.add(exchange.getMessage().getHeader("id", String.class));
    }

    private void awaitTold(int number) {
        Awaitility.await().atMost(PATIENCE).until(() -> told.size() >= number);
    }

    private static Stream<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(?s).*(proxmox-hosts-lab|^lane-|^cluster-|^deadline-).*"));
    }

    @Test
    void leavesNothingBehindWhenTheRouteStopsAndBeginsAnewWhenItStarts() throws Exception {
        Set<Thread> before = threads().collect(Collectors.toSet());
        try (SimulatedCluster cluster = cluster(2)) {
            start(cluster, Discovery.SECRET, "data: " + folder.resolve("data"), this::take);
            awaitTold(2);
            assertThat(threads().filter(thread -> !before.contains(thread))).isNotEmpty();
            application.getRouteController().stopRoute("hosts");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> threads().allMatch(thread -> before.contains(thread) || !thread.isAlive()));
            application.getRouteController().startRoute("hosts");
            awaitTold(4);
            application.stop();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> threads().allMatch(thread -> before.contains(thread) || !thread.isAlive()));
        }
    }

    @Test
    void waitsAtItsEndForTheHostThatIsBeingTold() throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        try (SimulatedCluster cluster = cluster(1)) {
            start(cluster, Discovery.SECRET, "emit: changes", exchange -> {
                inHand.countDown();
                Awaitility.await().atMost(PATIENCE).until(() -> !application.isStarted());
                take(exchange);
            });
            inHand.await();
            application.stop();
            assertThat(told).containsExactly("lab/qemu/101/net0");
        }
    }

    @Test
    void doesNotStartInAFolderThatAnotherSourceHas() throws Exception {
        String data = "data: " + folder.resolve("data");
        try (SimulatedCluster cluster = cluster(1);
                DefaultCamelContext other = new DefaultCamelContext()) {
            start(cluster, Discovery.SECRET, data, this::take);
            assertThatThrownBy(() -> start(other, cluster, Discovery.SECRET, data, this::take))
                    .hasStackTraceContaining("is in use by another proxmox-discovery");
        }
    }

    @Test
    void removesItsOwnFolderWhenItWasGivenNone() throws Exception {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (SimulatedCluster cluster = cluster(1)) {
            List<Path> before = ownFolders(temporary);
            start(cluster, Discovery.SECRET, "emit: changes", this::take);
            awaitTold(1);
            assertThat(ownFolders(temporary)).hasSize(before.size() + 1);
            application.stop();
            assertThat(ownFolders(temporary)).isEqualTo(before);
        }
    }

    private static List<Path> ownFolders(Path temporary) throws Exception {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("proxmox-hosts-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void oneHostAtWhichTheRouteAlwaysFailsHoldsUpNoOther() throws Exception {
        Queue<String> tried = new ConcurrentLinkedQueue<>();
        try (SimulatedCluster cluster = cluster(3)) {
            start(cluster, Discovery.SECRET, "emit: changes", exchange -> {
                String id = exchange.getMessage().getHeader("id", String.class);
                tried.add(id);
                if (id.contains("/101/")) {
                    throw new IllegalStateException("not this one");
                }
                told.add(id);
            });
            awaitTold(2);
            assertThat(told).containsExactlyInAnyOrder("lab/qemu/102/net0", "lab/qemu/103/net0");
            assertThat(tried.stream().filter(id -> id.contains("/101/"))).hasSize(3);
        }
    }

    @Test
    void saysInItsHealthWhyTheClusterCannotBeReadAndKeepsTheSecretToItself() throws Exception {
        try (SimulatedCluster cluster = cluster(1)) {
            HealthCheckRegistry checks = HealthCheckRegistry.get(application);
            checks.register(checks.resolveById("consumers"));
            start(cluster, "99999999-9999-4999-8999-999999999999", "stopped: true", this::take);
            Awaitility.await().atMost(PATIENCE).until(() -> state() == HealthCheck.State.DOWN);
            HealthCheck.Result down = health().findFirst().orElseThrow();
            assertThat(down.getMessage().orElse("")).startsWith("LOGIN_FAILED ");
            assertThat(down.getDetails().toString()).contains("complete=false").doesNotContain("99999999-9999");
            assertThat(application.getEndpoints().toString()).doesNotContain("99999999-9999");
            assertThat(told).isEmpty();
        }
    }

    private HealthCheck.State state() {
        return health().findFirst().map(HealthCheck.Result::getState).orElse(HealthCheck.State.UP);
    }

    private Stream<HealthCheck.Result> health() {
        return HealthCheckHelper.invoke(application).stream()
                .filter(result -> result.getState() == HealthCheck.State.DOWN);
    }

    @Test
    void saysInTheWordsOfItsParametersWhatIsWrongWithThem() {
        try (SimulatedCluster cluster = cluster(1)) {
            assertThatThrownBy(() -> start(cluster, "", "emit: most", this::take))
                    .hasStackTraceContaining("secret: must be set")
                    .hasStackTraceContaining("secretFile")
                    .hasStackTraceContaining("emit: \"most\" is neither all nor changes");
        }
    }
}
