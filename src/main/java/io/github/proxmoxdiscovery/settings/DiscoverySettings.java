package io.github.proxmoxdiscovery.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * What is discovered, and when.
 *
 * @param schedule Quartz cron expression of the runs
 * @param quickSchedule the same for the runs that look only at what changed; empty for none
 * @param timeZone in which the schedule is meant
 * @param jitter up to this long a scheduled run waits
 * @param runDeadline how long the reading of a cluster may take
 * @param concurrentClusters clusters that are read at once
 * @param deliveryTimeout how long a run's hosts are offered to a sink
 * @param shutdownTimeout how long the program takes at most to end
 * @param include guests must meet each of its conditions
 * @param exclude guests must meet none of its conditions
 * @param templates whether templates are hosts
 * @param stopped whether stopped guests are hosts
 * @param keepLinkLocal whether link-local addresses are told
 * @param changesIgnored paths of a message that make no difference to sinks that are told of changes only
 * @param removal when a host that is not found any more is removed
 * @param reloadRoutes whether the service takes route files that are edited while it runs
 * @param data the folder for what must not get lost
 */
public record DiscoverySettings(
        String schedule,
        Optional<String> quickSchedule,
        ZoneId timeZone,
        Duration jitter,
        Duration runDeadline,
        int concurrentClusters,
        Duration deliveryTimeout,
        Duration shutdownTimeout,
        Filter include,
        Filter exclude,
        boolean templates,
        boolean stopped,
        boolean keepLinkLocal,
        Set<String> changesIgnored,
        Removal removal,
        boolean reloadRoutes,
        Path data) {}
