package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.metrics.Measures;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.Failure;
import io.github.proxmoxdiscovery.run.LastRuns;
import io.github.proxmoxdiscovery.run.MacOwners;
import io.github.proxmoxdiscovery.run.RunKind;
import io.github.proxmoxdiscovery.settings.DiscoverySettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins and ends the runs, one of a cluster at a time. Camel's own throttle was not used for that: it forgets its
 * permits ten seconds after the last one came back (docs/decisions/0003).
 */
public final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.run");

    private static final Duration LONGEST_QUICK = Duration.ofMinutes(1);

    private final Clusters clusters;
    private final Clock clock;
    private final DiscoverySettings settings;
    private final Outcomes outcomes;
    private final ConcurrentMap<String, ClusterRun> active = new ConcurrentHashMap<>();
    private final Set<Tick> waiting = ConcurrentHashMap.newKeySet();
    private final Map<String, Reason> lastFailure = new ConcurrentHashMap<>();
    private final MacOwners macOwners = new MacOwners();
    private final Records records;
    private final Measures measures;
    private final LastRuns lastRuns;
    private final Map<String, AtomicLong> missed = new ConcurrentHashMap<>();
    private boolean ended;

    Runs(
            Clusters clusters,
            Clock clock,
            DiscoverySettings settings,
            Records records,
            Outcomes outcomes,
            LastRuns lastRuns,
            Measures measures) {
        this.lastRuns = lastRuns;
        this.measures = measures;
        this.records = records;
        this.clusters = clusters;
        this.clock = clock;
        this.settings = settings;
        this.outcomes = outcomes;
    }

    /**
     * That a cluster is to be read.
     *
     * @param cluster its name
     */
    public record Tick(String cluster, RunKind kind) {}

    /** The full runs that are due at a tick of the schedule. */
    public List<Tick> full() {
        return due(RunKind.FULL);
    }

    /** The quick runs that are due at a tick of their schedule: of clusters of which a full run told the guests. */
    public List<Tick> quick() {
        return due(RunKind.QUICK);
    }

    /** A tick for each cluster, but for those whose last one still waits for its turn. */
    private List<Tick> due(RunKind kind) {
        List<Tick> due = new ArrayList<>();
        for (String cluster : clusters.names()) {
            Tick tick = new Tick(cluster, kind);
            if (kind == RunKind.QUICK && !clusters.get(cluster).guests().isKnown()) {
                continue;
            }
            if (waiting.add(tick)) {
                due.add(tick);
            } else {
                missed(tick);
            }
        }
        return due;
    }

    /** How long to wait after a tick, in milliseconds: spreads the load of many pollers. */
    public long jitterMillis() {
        Duration jitter = settings.jitter();
        return jitter.isZero() ? 0 : ThreadLocalRandom.current().nextLong(jitter.toMillis() + 1);
    }

    /**
     * A new run, or null if the last one of this cluster still goes on: then this tick is missed, and counted. Null as
     * well when the program ends: a cluster whose turn comes then would only be reported as one that cannot be read.
     */
    public @Nullable ClusterRun begin(@Body Tick tick) {
        ClusterRun run = claim(tick);
        if (run == null) {
            return null;
        }
        clusters.get(tick.cluster()).begin(most(tick.kind()));
        return run;
    }

    /** A full run waits for a quick one, which is soon over; any other does not wait. */
    private synchronized @Nullable ClusterRun claim(Tick tick) {
        String cluster = tick.cluster();
        try {
            while (tick.kind() == RunKind.FULL && !ended && isQuickGoingOn(cluster)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            // Until here the cluster is busy with it, and no second one waits behind it.
            waiting.remove(tick);
        }
        if (ended) {
            return null;
        }
        if (active.containsKey(cluster)) {
            missed(tick);
            return null;
        }
        return newRun(tick);
    }

    /** A full run waits for a quick one, so that must not last: what it did not reach is due again. */
    private Duration most(RunKind kind) {
        Duration whole = settings.runDeadline();
        return kind == RunKind.QUICK && whole.compareTo(LONGEST_QUICK) > 0 ? LONGEST_QUICK : whole;
    }

    private boolean isQuickGoingOn(String cluster) {
        ClusterRun going = active.get(cluster);
        return going != null && going.isQuick();
    }

    private ClusterRun newRun(Tick tick) {
        ClusterRun run = new ClusterRun(tick.cluster(), tick.kind(), most(tick.kind()), clock);
        active.put(tick.cluster(), run);
        return run;
    }

    private synchronized void release(ClusterRun run) {
        active.remove(run.getCluster(), run);
        notifyAll();
    }

    /** A quick run has nothing to find while a full one goes on, so that it is left out is no loss. */
    private void missed(Tick tick) {
        if (tick.kind() == RunKind.FULL) {
            long count = missed.computeIfAbsent(tick.cluster(), name -> new AtomicLong())
                    .incrementAndGet();
            measures.missed(tick.cluster());
            LOG.warn("{}: the last run still goes on, this tick is missed ({} so far)", tick.cluster(), count);
        }
    }

    /** The cluster's lists could not be had. */
    public void failed(@Variable("run") ClusterRun run, Exchange exchange) {
        PveFailure failure = Failures.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        run.failed(ClusterFailure.reason(failure), ClusterFailure.message(failure));
    }

    /** The reading of a cluster is over; its next run may begin. */
    public void end(@Variable("run") ClusterRun run) {
        run.close(run.isQuick() ? macOwners.of(run.getCluster()) : Map.of());
        ClusterContext cluster = clusters.get(run.getCluster());
        cluster.agents().save();
        if (cluster.repeated() > 0) {
            LOG.info("{}: questions that had to be asked again: {}", run.getCluster(), cluster.repeated());
        }
        if (!run.isAbandoned()) {
            run.list().ifPresent(list -> cluster.guests().update(list, run.readGuests(), run.failedGuests()));
            tellSharedMacs(run);
            hushWhatWasSaid(run);
            // Before the next run may begin, so that what is newer is written down later.
            records.record(run, cluster);
            lastRuns.ended(run);
            measures.read(run, run.report(Map.of()));
            forgetOtherCluster(run);
        }
        release(run);
    }

    /** That a cluster cannot be read is not said again every minute, but with each full run. */
    private void hushWhatWasSaid(ClusterRun run) {
        Reason now = run.clusterFailure().map(Failure::reason).orElse(null);
        Reason before = now == null ? lastFailure.remove(run.getCluster()) : lastFailure.put(run.getCluster(), now);
        if (run.isQuick() && now != null && now == before) {
            run.hush();
        }
    }

    /** Else quick runs, which do not ask who answers, would read what changed: all of another cluster. */
    private void forgetOtherCluster(ClusterRun run) {
        run.clusterFailure()
                .filter(failure -> failure.reason() == Reason.OTHER_CLUSTER)
                .ifPresent(failure -> clusters.get(run.getCluster()).guests().forget());
    }

    private void tellSharedMacs(ClusterRun run) {
        if (run.isQuick()) {
            macOwners.add(run.getCluster(), run.hosts());
        } else if (run.clusterFailure().isEmpty()) {
            macOwners
                    .replace(run.getCluster(), run.hosts())
                    .forEach(shared -> run.note(run.getCluster(), Reason.DUPLICATE_MAC, shared));
        }
    }

    /** A route broke the way of a run: it is over without having been delivered. */
    public void broken(@Variable("run") @Nullable ClusterRun run, Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (run == null) {
            LOG.error("a run could not begin", cause);
            return;
        }
        release(run);
        measures.broken(run);
        LOG.error("{}: the run broke off", run.getCluster(), cause);
        outcomes.broken(run);
    }

    /** The program ends: runs that go on are given up, and those that wait for their turn do not begin. */
    synchronized void abandon() {
        ended = true;
        notifyAll();
        active.values().forEach(ClusterRun::abandon);
    }

    /** Whether a run of the cluster goes on, or waits for its turn. */
    public boolean isBusy(String cluster) {
        return active.containsKey(cluster)
                || waiting.stream().anyMatch(tick -> tick.cluster().equals(cluster));
    }

    /** Which kind of run of the cluster goes on, if any. */
    Optional<String> running(String cluster) {
        return Optional.ofNullable(active.get(cluster)).map(run -> run.kind().text());
    }

    /** Whether any cluster is being read. */
    boolean isReading() {
        return !active.isEmpty();
    }

    /** The runs that are due and have not begun. */
    List<Tick> due() {
        return List.copyOf(waiting);
    }

    /** How many ticks of a cluster came while its last run still went on. */
    public long missed(String cluster) {
        AtomicLong count = missed.get(cluster);
        return count == null ? 0 : count.get();
    }
}
