package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.run.Failure;
import io.github.proxmoxdiscovery.run.LastRuns;
import io.github.proxmoxdiscovery.time.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether a cluster was read lately. It is not ready when the last full run that could read it is older than two
 * intervals of the schedule; on top of these are allowed the jitter and the time that a run takes, so that one run that
 * fails is no alarm. A run that missed a node or a guest did read the cluster: that is told by the metrics.
 */
final class ClusterHealth extends AbstractHealthCheck {

    private final String cluster;
    private final LastRuns runs;
    private final Schedule schedule;
    private final Duration jitter;
    private final Clock clock;

    ClusterHealth(String cluster, LastRuns runs, Schedule schedule, Duration jitter, Clock clock) {
        super("proxmox", "proxmox-" + cluster);
        this.cluster = cluster;
        this.runs = runs;
        this.schedule = schedule;
        this.jitter = jitter;
        this.clock = clock;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        LastRuns.Last last = runs.of(cluster);
        result.detail("cluster", cluster);
        last.read().ifPresent(read -> result.detail("last_read_at", DiscoveredHost.text(read)));
        last.failure().ifPresent(failure -> tell(result, failure));
        Instant now = clock.instant();
        if (last.read().isEmpty()) {
            result.message("the cluster " + cluster + " was not read yet" + because(last));
            result.down();
            return;
        }
        Duration age = Duration.between(last.read().get(), now);
        Duration most = schedule.twoIntervals(now).plus(jitter).plus(last.took());
        result.detail("age_seconds", age.toSeconds()).detail("most_seconds", most.toSeconds());
        if (age.compareTo(most) > 0) {
            result.message("the cluster " + cluster + " was last read " + age.toSeconds()
                    + " s ago, which is more than " + most.toSeconds() + " s" + because(last));
            result.down();
        } else {
            result.up();
        }
    }

    private static void tell(HealthCheckResultBuilder result, Failure failure) {
        result.detail("reason", failure.reason().name());
        result.detail("problem", failure.message());
        result.detail("remedy", failure.remedy());
    }

    private static String because(LastRuns.Last last) {
        return last.failure()
                .map(failure -> ": " + failure.reason() + " " + failure.message() + ". " + failure.remedy())
                .orElse("");
    }
}
