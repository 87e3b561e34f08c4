package io.github.proxmoxdiscovery.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When each cluster was last read by a full run, and why it could not be read since. */
public final class LastRuns {

    private static final Last NEVER = new Last(Optional.empty(), Duration.ZERO, Optional.empty());

    private final Map<String, Last> byCluster = new ConcurrentHashMap<>();

    /**
     * What the full runs of a cluster came to. One in which a node or a guest could not be read did read the cluster: a
     * dead node is no reason to take the program for a broken one.
     *
     * @param read when the last one that could read the cluster was over
     * @param took how long the last one took, that one or another
     * @param failure why the last one could not read the cluster, if so
     */
    public record Last(Optional<Instant> read, Duration took, Optional<Failure> failure) {}

    /** An earlier process had read the cluster then. */
    public void before(String cluster, Instant read) {
        byCluster.putIfAbsent(cluster, new Last(Optional.of(read), Duration.ZERO, Optional.empty()));
    }

    /** A run is over. */
    public void ended(ClusterRun run) {
        Duration took = Duration.between(run.startedAt(), run.now());
        Optional<Failure> failure = run.clusterFailure();
        if (!run.isQuick()) {
            Optional<Instant> before = of(run.getCluster()).read();
            Optional<Instant> read = failure.isEmpty() ? Optional.of(run.now()) : before;
            byCluster.put(run.getCluster(), new Last(read, took, failure));
        }
    }

    public Last of(String cluster) {
        return byCluster.getOrDefault(cluster, NEVER);
    }
}
