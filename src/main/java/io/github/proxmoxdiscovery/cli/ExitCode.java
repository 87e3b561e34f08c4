package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.check.ClusterCheck.Readable;
import io.github.proxmoxdiscovery.route.Outcomes.Outcome;
import java.util.Collection;

/** The exit codes, as documented in docs/reference/settings.md. */
public final class ExitCode {

    /** Done, and everything was read and delivered. */
    public static final int COMPLETE = 0;

    /** Something happened that should not. */
    public static final int UNEXPECTED = 1;

    /** The command line or the configuration is wrong; nothing was done. */
    public static final int USAGE = 2;

    /** A node, a guest or one of several clusters could not be read. */
    public static final int INCOMPLETE = 3;

    /** No cluster could be read. */
    public static final int NOTHING_READ = 4;

    /** A sink did not take everything in time. */
    public static final int UNDELIVERED = 5;

    private ExitCode() {}

    /** The exit code of a run over these clusters: 4 wins over 5, 5 over 3. */
    static int of(Collection<Outcome> outcomes) {
        if (outcomes.contains(Outcome.BROKEN)) {
            return UNEXPECTED;
        }
        if (outcomes.stream().allMatch(ExitCode::isUnreadable)) {
            return NOTHING_READ;
        }
        if (outcomes.contains(Outcome.UNDELIVERED) || outcomes.contains(Outcome.UNREADABLE_UNDELIVERED)) {
            return UNDELIVERED;
        }
        return outcomes.stream().allMatch(Outcome.COMPLETE::equals) ? COMPLETE : INCOMPLETE;
    }

    /** The exit code of a look at these clusters and at the sinks, by the same order. */
    static int of(Collection<Readable> clusters, boolean sinksFail) {
        if (clusters.stream().allMatch(Readable.NOTHING::equals)) {
            return NOTHING_READ;
        }
        if (sinksFail) {
            return UNDELIVERED;
        }
        return clusters.stream().allMatch(Readable.ALL::equals) ? COMPLETE : INCOMPLETE;
    }

    private static boolean isUnreadable(Outcome outcome) {
        return outcome == Outcome.UNREADABLE || outcome == Outcome.UNREADABLE_UNDELIVERED;
    }
}
