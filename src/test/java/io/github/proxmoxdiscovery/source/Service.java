package io.github.proxmoxdiscovery.source;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import io.github.proxmoxdiscovery.route.Runs;
import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.routefile.RoutesState;
import io.github.proxmoxdiscovery.settings.SettingsLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;

/** The service as {@code run} starts it, in this process; it runs when told to, and as its schedule says. */
public final class Service implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path out;
    private final DiscoveryApplication application;

    private Service(Path out, DiscoveryApplication application) {
        this.out = out;
        this.application = application;
    }

    /** The same with the route files that were set. */
    public static Service start(Discovery discovery) throws IOException {
        return start(discovery, discovery.routes());
    }

    /** Starts what was set up; unless a schedule was set there is none. */
    public static Service start(Discovery discovery, Path folder) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "sink.file.directory",
                discovery.out().toString(),
                "discovery.data",
                discovery.data().toString(),
                "discovery.schedule",
                "0 0 0 1 1 ? 2099",
                "discovery.quick-schedule",
                "off",
                "discovery.jitter",
                "0s"));
        settings.putAll(discovery.allSettings());
        RouteFiles routes = RouteFiles.in(folder);
        SettingsLoader.Loaded loaded = new SettingsLoader(discovery.environment(), cron -> Optional.empty())
                .load(Optional.empty(), settings, routes.placeholders());
        DiscoveryApplication application =
                new DiscoveryApplication(loaded.settings(), routes, Mode.DAEMON, secret -> {});
        application.start();
        return new Service(discovery.out(), application);
    }

    /** The port at which it serves what is known. */
    public int port() {
        return application.serverPort();
    }

    /** Takes edited route files at once. */
    public void lookAtRoutes() {
        application.lookAtRoutes();
    }

    /** Which route files are in effect. */
    public RoutesState.View routes() {
        return application.routesState().now();
    }

    /** Waits until so many versions of the route files have been in effect. */
    public void awaitVersion(long version) {
        Awaitility.await().atMost(PATIENCE).until(() -> routes().version() >= version);
    }

    public void pollNow() {
        application.pollNow();
    }

    /** Does a quick run of every cluster, and waits until it is over. */
    public void pollQuickly(String cluster) throws IOException {
        startQuickly();
        awaitIdle(cluster);
    }

    /** Begins a quick run of every cluster. */
    public void startQuickly() throws IOException {
        try (ProducerTemplate template = application.context().createProducerTemplate()) {
            template.sendBody("direct:poll-quick-now", "");
        }
    }

    /** Waits until so many runs were begun and ended, or were not to begin. */
    public void awaitTicks(int number) {
        ThreadPoolExecutor ticks =
                application.context().getRegistry().lookupByNameAndType("clusterRuns", ThreadPoolExecutor.class);
        Awaitility.await().atMost(PATIENCE).until(() -> ticks.getCompletedTaskCount() >= number);
    }

    public long missed(String cluster) {
        return runs().missed(cluster);
    }

    /** Waits until no run of the cluster goes on. */
    public void awaitIdle(String cluster) {
        Awaitility.await().atMost(PATIENCE).until(() -> !runs().isBusy(cluster));
    }

    /** Whether a run of the cluster goes on, or waits for its turn. */
    public boolean isBusy(String cluster) {
        return runs().isBusy(cluster);
    }

    private Runs runs() {
        return application.context().getRegistry().lookupByNameAndType("runs", Runs.class);
    }

    /** Waits until this many runs of a cluster are over and delivered, and gives the last one. */
    public Found awaitRuns(String cluster, int number) {
        Awaitility.await().atMost(PATIENCE).until(() -> reports(cluster) >= number);
        return new Found(out, new Program.Result(0, "", ""));
    }

    public void awaitMissed(String cluster, int number) {
        Awaitility.await().atMost(PATIENCE).until(() -> runs().missed(cluster) >= number);
    }

    public long reports(String cluster) {
        Path folder = out.resolve(cluster);
        if (Files.notExists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".report.json"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        application.close();
    }
}
