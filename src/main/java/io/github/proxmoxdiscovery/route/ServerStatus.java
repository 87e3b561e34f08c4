package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.LedgerStatus.OfCluster;
import io.github.proxmoxdiscovery.ledger.Parked;
import io.github.proxmoxdiscovery.ledger.SinkLedger;
import io.github.proxmoxdiscovery.routefile.RouteProblem;
import io.github.proxmoxdiscovery.routefile.RoutesState;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.DiscoverySettings;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import io.github.proxmoxdiscovery.time.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the program does right now, and what it knows of clusters and sinks, as JSON. */
final class ServerStatus {

    private static final int MOST_REJECTED = 100;

    private final Settings settings;
    private final Clock clock;
    private final Instant startedAt;
    private final Records records;
    private final Runs runs;
    private final Deliveries deliveries;
    private final UnaryOperator<String> mask;
    private final RoutesState routes;

    /**
     * @param routes which route files are in effect
     * @param mask takes secrets out of what a sink answered
     */
    ServerStatus(
            Settings settings,
            RoutesState routes,
            Clock clock,
            Records records,
            Runs runs,
            Deliveries deliveries,
            UnaryOperator<String> mask) {
        this.settings = settings;
        this.routes = routes;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.records = records;
        this.runs = runs;
        this.deliveries = deliveries;
        this.mask = mask;
    }

    ObjectNode json() throws LedgerException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", version());
        json.put("started_at", DiscoveredHost.text(startedAt));
        json.put("now", DiscoveredHost.text(clock.instant()));
        json.put("epoch", records.reader().epoch());
        addClusters(json.putArray("clusters"));
        addSinks(json.putArray("sinks"));
        addRoutes(json.putObject("routes"));
        return json;
    }

    private static String version() {
        String version = ServerStatus.class.getPackage().getImplementationVersion();
        return version == null ? "built from sources" : version;
    }

    private void addClusters(ArrayNode json) throws LedgerException {
        Map<String, OfCluster> known = records.reader().status().clusters().stream()
                .collect(Collectors.toMap(OfCluster::name, Function.identity()));
        String next = nextRun();
        for (ClusterSettings cluster : settings.clusters()) {
            OfCluster of = known.get(cluster.name());
            ObjectNode one = json.addObject();
            one.put("cluster", cluster.name());
            one.put("url", String.join(",", cluster.urls()));
            one.put("complete_at", of == null ? null : text(of.completeAt().orElse(null)));
            one.put("running", runs.running(cluster.name()).orElse(null));
            one.put("next_run_at", next);
            one.put("hosts", of == null ? 0 : of.present());
            one.put("missing", of == null ? 0 : of.missing());
            one.put("held", of == null ? 0 : of.held());
            addLastRun(one);
        }
    }

    /** What the last run that looked at everything said of the cluster and its nodes. */
    private void addLastRun(ObjectNode json) throws LedgerException {
        Optional<ObjectNode> last =
                records.reader().runs().lastFull(json.path("cluster").asText()).map(Api::report);
        json.set("nodes", last.<JsonNode>map(report -> report.path("nodes")).orElseGet(json::arrayNode));
        json.set("last_run", last.<JsonNode>map(report -> report).orElseGet(json::nullNode));
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : DiscoveredHost.text(time);
    }

    /** When the schedule has the next full run, without the jitter; null if it has none any more. */
    private @Nullable String nextRun() {
        DiscoverySettings discovery = settings.discovery();
        return text(new Schedule(discovery.schedule(), discovery.timeZone()).after(clock.instant()));
    }

    private void addSinks(ArrayNode json) throws LedgerException {
        List<Parked> parked = records.reader().parked();
        for (SinkSettings sink : settings.sinks()) {
            List<Parked> rejected = parked.stream()
                    .filter(host -> host.sink().equals(sink.name()))
                    .toList();
            ObjectNode one = json.addObject();
            one.put("sink", sink.name());
            one.put("emit", sink.emit().text());
            one.put("has", records.reader().status().has(sink.name()));
            one.put("lacks", lacks(sink));
            one.put("rejected", rejected.size());
            one.put("paused", deliveries.paused(sink.name()).orElse(null));
            ArrayNode hosts = one.putArray("rejected_hosts");
            rejected.stream().limit(MOST_REJECTED).forEach(host -> add(hosts.addObject(), host));
        }
    }

    private void addRoutes(ObjectNode json) {
        RoutesState.View now = routes.now();
        json.put("state", word(now.state()));
        json.put("watched", now.watched());
        json.put("version", now.version());
        json.put("loaded_at", DiscoveredHost.text(now.loadedAt()));
        ArrayNode problems = json.putArray("problems");
        now.problems().forEach(problem -> add(problems.addObject(), problem));
        ArrayNode files = json.putArray("files");
        now.files()
                .forEach(file -> files.addObject()
                        .put("file", file.path())
                        .put("state", word(file.state()))
                        .put("changed_at", DiscoveredHost.text(file.changedAt())));
    }

    private static void add(ObjectNode json, RouteProblem problem) {
        json.put("file", problem.file());
        json.put("line", problem.line() == 0 ? null : (Integer) problem.line());
        json.put("problem", problem.problem());
        json.put("expected", problem.expected());
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private long lacks(SinkSettings sink) throws LedgerException {
        SinkLedger of = records.of(sink, records.reader());
        long lacks = 0;
        for (ClusterSettings cluster : settings.clusters()) {
            lacks += of.lacks(cluster.name());
        }
        return lacks;
    }

    private void add(ObjectNode json, Parked host) {
        json.put("id", host.id());
        json.put("answer", mask.apply(host.answer()));
        json.put("times", host.times());
        json.put("next_try_at", DiscoveredHost.text(host.due()));
    }
}
