package io.github.proxmoxdiscovery.metrics;

import io.github.proxmoxdiscovery.client.RequestListener;
import io.github.proxmoxdiscovery.ledger.EventType;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.SinkLedger;
import io.github.proxmoxdiscovery.metrics.RunMeters.Result;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.RunKind;
import io.github.proxmoxdiscovery.run.RunReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures for Prometheus. No label grows with the guests: clusters, nodes and sinks are the most there is. */
public final class PrometheusMeasures implements Measures {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.metrics");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RunMeters runs;
    private final SinkMeters sinks;
    private final Map<String, RequestMeters> requests = new ConcurrentHashMap<>();
    private final RouteMeters routes = new RouteMeters(registry);
    private volatile @Nullable Ledger ledger;

    public PrometheusMeasures(List<String> clusters, List<String> sinks, ProgramFacts program) {
        this.runs = new RunMeters(registry, clusters);
        this.sinks = new SinkMeters(registry, sinks, Clock.systemUTC());
        Gauges inFlight = RequestMeters.inFlight(registry);
        clusters.forEach(cluster -> requests.put(cluster, new RequestMeters(registry, cluster, inFlight)));
        ProgramMeters.register(registry, program);
    }

    /** Where all is registered: others may add theirs. */
    public MeterRegistry registry() {
        return registry;
    }

    @Override
    public RequestListener requests(String cluster) {
        RequestMeters known = requests.get(cluster);
        return known == null ? RequestListener.NONE : known;
    }

    @Override
    public void opened(Ledger opened) {
        ledger = opened;
        try {
            opened.status().clusters().stream()
                    .filter(cluster -> requests.containsKey(cluster.name()))
                    .forEach(runs::knownBefore);
        } catch (LedgerException e) {
            LOG.warn("what the ledger knows cannot be counted: {}", e.getMessage());
        }
    }

    @Override
    public void read(ClusterRun run, RunReport report) {
        runs.read(run, report);
        Ledger open = ledger;
        if (open != null && report.kind() == RunKind.FULL) {
            try {
                open.status().of(report.cluster()).ifPresent(runs::known);
            } catch (LedgerException e) {
                LOG.warn("what the ledger knows cannot be counted: {}", e.getMessage());
            }
        }
    }

    @Override
    public void broken(ClusterRun run) {
        runs.ended(run.getCluster(), run.kind(), Result.BROKEN);
    }

    @Override
    public void missed(String cluster) {
        runs.ended(cluster, RunKind.FULL, Result.MISSED);
    }

    @Override
    public void routesAreBack() {
        routes.back();
    }

    @Override
    public void reloaded(boolean accepted) {
        routes.reloaded(accepted);
    }

    @Override
    public void taken(String sink, EventType type, int events) {
        sinks.taken(sink, type, events);
    }

    @Override
    public void delivered(Told told, SinkLedger of) {
        sinks.delivered(told, of);
    }
}
