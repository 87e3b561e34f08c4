package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.MacOwners;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
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

    private final List<String> clusters;
    private final Clock clock;
    private final Duration jitter;
    private final Outcomes outcomes;
    private final ConcurrentMap<String, ClusterRun> active = new ConcurrentHashMap<>();
    private final MacOwners macOwners = new MacOwners();
    private final Map<String, AtomicLong> missed = new ConcurrentHashMap<>();

    Runs(Collection<String> clusters, Clock clock, Duration jitter, Outcomes outcomes) {
        this.clusters = List.copyOf(clusters);
        this.clock = clock;
        this.jitter = jitter;
        this.outcomes = outcomes;
    }

    public List<String> clusters() {
        return clusters;
    }

    /** How long to wait after a tick, in milliseconds: spreads the load of many pollers. */
    public long jitterMillis() {
        return jitter.isZero() ? 0 : ThreadLocalRandom.current().nextLong(jitter.toMillis() + 1);
    }

    /** A new run, or null if the last one of this cluster still goes on: then this tick is missed, and counted. */
    public @Nullable ClusterRun begin(@Variable("cluster") String cluster) {
        ClusterRun run = new ClusterRun(cluster, clock);
        if (active.putIfAbsent(cluster, run) == null) {
            return run;
        }
        long count = missed.computeIfAbsent(cluster, name -> new AtomicLong()).incrementAndGet();
        LOG.warn("{}: the last run still goes on, this tick is missed ({} so far)", cluster, count);
        return null;
    }

    /** The cluster's lists could not be had. */
    public void failed(@Variable("run") ClusterRun run, Exchange exchange) {
        PveFailure failure = Failures.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        run.failed(ClusterFailure.reason(failure), ClusterFailure.message(failure));
    }

    /** The reading of a cluster is over; its next run may begin. */
    public void end(@Variable("run") ClusterRun run) {
        run.close();
        if (run.clusterFailure().isEmpty() && !run.isAbandoned()) {
            macOwners
                    .replace(run.getCluster(), run.hosts())
                    .forEach(shared -> run.note(run.getCluster(), Reason.DUPLICATE_MAC, shared));
        }
        active.remove(run.getCluster(), run);
    }

    /** A route broke the way of a run: it is over without having been delivered. */
    public void broken(@Variable("run") @Nullable ClusterRun run, Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (run == null) {
            LOG.error("a run could not begin", cause);
            return;
        }
        active.remove(run.getCluster(), run);
        LOG.error("{}: the run broke off", run.getCluster(), cause);
        outcomes.broken(run);
    }

    /** The program ends: runs that go on are given up. */
    void abandon() {
        active.values().forEach(ClusterRun::abandon);
    }

    /** How many ticks of a cluster came while its last run still went on. */
    public long missed(String cluster) {
        AtomicLong count = missed.get(cluster);
        return count == null ? 0 : count.get();
    }
}
