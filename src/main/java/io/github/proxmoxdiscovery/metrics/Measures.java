package io.github.proxmoxdiscovery.metrics;

import io.github.proxmoxdiscovery.client.RequestListener;
import io.github.proxmoxdiscovery.ledger.EventType;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.SinkLedger;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.RunReport;
import java.time.Duration;

/** Is told what the program does. Nothing of Micrometer is loaded unless somebody wants to measure it. */
public interface Measures {

    /** Nothing is measured. */
    Measures NONE = new Measures() {};

    /** Who is told of the requests to a cluster. */
    default RequestListener requests(String cluster) {
        return RequestListener.NONE;
    }

    /** The ledger is open: what was known before is known now. */
    default void opened(Ledger ledger) {}

    /** The reading of a cluster is over, and written down. */
    default void read(ClusterRun run, RunReport report) {}

    /** A run broke off for a reason of the program's or of a route file's. */
    default void broken(ClusterRun run) {}

    /** A tick of the schedule was missed: the last run of the cluster still went on. */
    default void missed(String cluster) {}

    /** Route files were changed while the program runs, and taken, or refused: then the ones before go on. */
    default void reloaded(boolean accepted) {}

    /** Route files that were refused are again as they were before. */
    default void routesAreBack() {}

    /** A sink took this many events of a cluster. */
    default void taken(String sink, EventType type, int events) {}

    /**
     * A sink was told of a run.
     *
     * @param ledger what it has and lacks
     */
    default void delivered(Told told, SinkLedger ledger) {}

    /**
     * How a sink was told of a run.
     *
     * @param offered how many hosts it was asked to take
     * @param whole whether it took everything
     * @param paused whether it refuses everything
     */
    record Told(String sink, String cluster, Duration took, int offered, boolean whole, boolean paused) {}
}
