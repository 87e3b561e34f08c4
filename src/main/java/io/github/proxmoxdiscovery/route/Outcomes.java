package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.run.ClusterRun;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** How the first run of each cluster ended, reading and delivery: what the exit code of {@code once} tells. */
public final class Outcomes {

    /** How a run of one cluster ended. */
    public enum Outcome {
        COMPLETE,
        /** Something of the cluster could not be read, such as all that was to come when the login was lost. */
        INCOMPLETE,
        /** Nothing of the cluster could be read. */
        UNREADABLE,
        /** A sink did not take everything. */
        UNDELIVERED,
        /** Nothing of the cluster could be read, and a sink did not even take the report of that. */
        UNREADABLE_UNDELIVERED,
        /** A route file or the program broke the run off. */
        BROKEN
    }

    private final Map<String, CompletableFuture<Outcome>> first = new TreeMap<>();

    Outcomes(Collection<String> clusters) {
        clusters.forEach(cluster -> first.put(cluster, new CompletableFuture<>()));
    }

    void delivered(ClusterRun run, boolean everything) {
        first(run).complete(outcome(run, everything));
    }

    void broken(ClusterRun run) {
        first(run).complete(Outcome.BROKEN);
    }

    /** Waits until the first run of every cluster is over. */
    public Collection<Outcome> await() {
        return first.values().stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<Outcome> first(ClusterRun run) {
        CompletableFuture<Outcome> future = first.get(run.getCluster());
        if (future == null) {
            throw new IllegalStateException("no cluster is named " + run.getCluster());
        }
        return future;
    }

    private static Outcome outcome(ClusterRun run, boolean everythingTaken) {
        boolean nothingRead = run.report(Map.of()).guests().read() == 0;
        if (nothingRead && run.clusterFailure().isPresent()) {
            return everythingTaken ? Outcome.UNREADABLE : Outcome.UNREADABLE_UNDELIVERED;
        }
        if (!everythingTaken) {
            return Outcome.UNDELIVERED;
        }
        return run.isComplete() ? Outcome.COMPLETE : Outcome.INCOMPLETE;
    }
}
