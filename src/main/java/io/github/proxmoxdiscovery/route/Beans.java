package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.client.DatabaseLogin;
import io.github.proxmoxdiscovery.client.PveHttpClient;
import io.github.proxmoxdiscovery.client.WebhookClient;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.memory.AgentMemory;
import io.github.proxmoxdiscovery.metrics.Measures;
import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import io.github.proxmoxdiscovery.routefile.RoutesState;
import io.github.proxmoxdiscovery.run.RunGate;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.DiscoverySettings;
import io.github.proxmoxdiscovery.settings.KnownSecrets;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.sink.HostFiles;
import io.github.proxmoxdiscovery.time.HeartBeat;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.camel.Predicate;
import org.apache.camel.component.http.HttpClientConfigurer;

/** The beans that the route files name, made from the settings. */
final class Beans implements AutoCloseable {

    /** How long a database may take for a batch. */
    private static final Duration SQL_TIMEOUT = Duration.ofSeconds(30);

    private final Settings settings;
    private final KnownSecrets secrets = new KnownSecrets();
    private final Consumer<String> secretSeen;
    private final Outcomes outcomes;
    private final Observe observe;
    private final List<PveHttpClient> clients = new ArrayList<>();
    private final Map<String, ClusterContext> clusterContexts;
    private final Clusters clusters;
    private final Records records;
    private final Runs runs;
    private final ExecutorService lanes = LaneThreads.executor(threads("lane"));
    private final RunGate clusterRuns;
    private final ScheduledExecutorService timer = timer();
    private final Deliveries deliveries;
    private final RoutesState routesState = new RoutesState();
    private final Api api;
    private final EventStream events = new EventStream();
    private final HostRequests hosts;
    private final WebhookClient webhook;
    private final FileSink fileSink;
    private final HeartBeat heart = new HeartBeat(System::nanoTime);
    private final Brokers brokers;

    Beans(Settings settings, Mode mode, Consumer<String> secretSeen) {
        this.settings = settings;
        this.secretSeen = secretSeen.andThen(secrets::add);
        settings.secrets().forEach(secrets::add);
        this.outcomes = new Outcomes(clusterNames());
        this.observe = new Observe(settings, mode.serves(settings.server()));
        this.clusterRuns = new RunGate(settings.discovery().concurrentClusters(), threads("cluster"));
        this.clusterContexts = clusterContexts();
        this.clusters = new Clusters(clusterContexts);
        this.records = new Records(settings.discovery());
        this.runs = newRuns();
        this.deliveries = newDeliveries();
        StateTags tags = new StateTags(System.currentTimeMillis());
        this.api = new Api(
                new ServerStatus(settings, routesState, Clock.systemUTC(), records, runs, deliveries, secrets::masked),
                clusterNames(),
                records::reader,
                tags);
        this.hosts = new HostRequests(clusterNames(), records::reader, tags);
        this.webhook =
                new WebhookClient(settings.httpToken().orElse(null), settings.httpTimeout(), timer, this.secretSeen);
        this.brokers = new Brokers(settings.brokers(), this.secretSeen);
        this.fileSink = new FileSink(new HostFiles(settings.fileDirectory(), settings.fileKeep()), records::ledger);
    }

    private Runs newRuns() {
        return new Runs(
                clusters,
                Clock.systemUTC(),
                settings.discovery(),
                records,
                outcomes,
                observe.lastRuns(),
                observe.measures());
    }

    private Deliveries newDeliveries() {
        return new Deliveries(
                settings.sinks(),
                settings.discovery().deliveryTimeout(),
                records,
                events,
                outcomes,
                timer,
                secrets::masked,
                observe.measures());
    }

    /**
     * Takes the data folder, and finishes what was left half done.
     *
     * @throws LedgerException when another program has the folder, or the ledger in it cannot be used
     */
    void open() throws LedgerException {
        records.open();
        if (settings.sinks().stream().anyMatch(sink -> "file".equals(sink.name()))) {
            fileSink.finishLeftBehind();
        }
    }

    /** All is started. */
    void started() {
        observe.opened(records);
        heart.start(timer);
    }

    Records records() {
        return records;
    }

    EventStream events() {
        return events;
    }

    Outcomes outcomes() {
        return outcomes;
    }

    RunGate gate() {
        return clusterRuns;
    }

    Runs runs() {
        return runs;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** A text without the secrets that are known. */
    String masked(String text) {
        return secrets.masked(text);
    }

    /** Who is told what the program does. */
    Measures measures() {
        return observe.measures();
    }

    /** Which route files are in effect. */
    RoutesState routesState() {
        return routesState;
    }

    /** Ends what takes too long. */
    ScheduledExecutorService deadlines() {
        return timer;
    }

    /** The program ends: runs that go on are worth nothing, so nobody waits for the answers to what they asked. */
    void abandon() {
        events.end();
        runs.abandon();
        clients.forEach(PveHttpClient::end);
        Duration time = StopTimes.of(settings.discovery().shutdownTimeout()).sinks();
        deliveries.abandon(time);
        timer.schedule(webhook::end, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    void bind(BiConsumer<String, Object> registry) {
        DiscoverySettings discovery = settings.discovery();
        clusterContexts.forEach((name, context) -> registry.accept("pve-" + name, context));
        registry.accept("clusters", clusters);
        registry.accept("runs", runs);
        registry.accept("lists", new Lists(new GuestFilter(discovery), clusters));
        ApiAddresses addresses = new ApiAddresses(clusters);
        registry.accept("addresses", addresses);
        registry.accept("identityCheck", new IdentityCheck(records, clusters));
        registry.accept("vanished", new VanishedGuests(records));
        registry.accept("passes", new Passes(clusters, addresses));
        registry.accept("guests", new Guests(clusters));
        registry.accept("guestToHosts", new GuestToHosts(clusters, discovery.keepLinkLocal(), discovery.templates()));
        registry.accept("pveAnswer", new PveAnswer());
        registry.accept("lanes", lanes);
        registry.accept("clusterRuns", clusterRuns);
        registry.accept("routesState", routesState);
        registry.accept("api", api);
        registry.accept("page", new Page());
        registry.accept("hosts", hosts);
        registry.accept("exports", new Exports());
        registry.accept("csvRows", new CsvRows());
        bindSinks(registry, discovery);
        observe.bind(registry, records, deliveries, heart);
    }

    private void bindSinks(BiConsumer<String, Object> registry, DiscoverySettings discovery) {
        registry.accept("deliveries", deliveries);
        registry.accept("sinkFailure", new SinkFailure(deliveries.sinkProblems()));
        registry.accept("sinkRejection", (Predicate) SinkFailure::isRejection);
        registry.accept("fileSink", fileSink);
        registry.accept("kafkaRecords", new KafkaRecords());
        registry.accept("kafkaRejection", new KafkaRejection());
        registry.accept("httpSinkRequest", new HttpSinkRequest());
        registry.accept("httpSinkAnswer", new HttpSinkAnswer());
        registry.accept("hostRows", new HostRows());
        registry.accept("sqlSink", new DatabaseLogin(settings.sql(), SQL_TIMEOUT, secretSeen).dataSource());
        registry.accept("syslogLines", new SyslogLines(settings.syslog()));
        registry.accept("syslogTls", new SyslogTls(settings.syslog()));
        registry.accept("httpSinkClient", (HttpClientConfigurer) webhook::configure);
        brokers.bind(registry);
    }

    private Map<String, ClusterContext> clusterContexts() {
        Map<String, ClusterContext> contexts = new LinkedHashMap<>();
        for (ClusterSettings cluster : settings.clusters()) {
            PveHttpClient client = new PveHttpClient(
                    cluster, timer, secretSeen, observe.measures().requests(cluster.name()));
            clients.add(client);
            Path agents = settings.discovery().data().resolve("agents").resolve(cluster.name() + ".ndjson");
            contexts.put(cluster.name(), new ClusterContext(cluster, client, new AgentMemory(agents)));
        }
        return contexts;
    }

    private List<String> clusterNames() {
        return settings.clusters().stream().map(ClusterSettings::name).toList();
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads("deadline"));
        // A deadline that was met must not keep its request, or its hosts, in memory until then.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        clusterRuns.shutdownNow();
        lanes.shutdownNow();
        timer.shutdownNow();
        brokers.end();
        records.close();
    }
}
