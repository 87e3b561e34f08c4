package io.github.proxmoxdiscovery.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** The keys of what is discovered, and when. */
final class DiscoveryKeys {

    static final Key<String> SCHEDULE = Key.withDefault(
            "discovery.schedule",
            "0 0/5 * * * ?",
            "When to look, a Quartz cron expression: second, minute, hour, day of month, month, day of week.",
            Parser.text());

    static final Key<String> QUICK_SCHEDULE = Key.withDefault(
            "discovery.quick-schedule",
            "0 * * * * ?",
            "When to look only at what changed in the list of guests, a Quartz cron expression; off for never.",
            Parser.text());

    static final Key<Duration> RUN_DEADLINE = Key.withDefault(
            "discovery.run-deadline",
            "10m",
            "How long the reading of a cluster may take; what was not reached then is reported.",
            Parser.timeout());

    static final Key<Integer> CONCURRENT_CLUSTERS = Key.withDefault(
            "discovery.concurrent-clusters",
            "16",
            "How many clusters are read at once, 1 to 512; the others wait for their turn.",
            Parser.whole(1, 512));

    static final Key<ZoneId> TIME_ZONE = Key.withDefault(
            "discovery.time-zone",
            "system",
            "The time zone of the schedule, such as Europe/Zurich; system is that of this machine.",
            Parser.timeZone());

    static final Key<Duration> JITTER = Key.withDefault(
            "discovery.jitter",
            "10s",
            "A scheduled run begins up to this long after its time, so that many machines do not all ask at once.",
            Parser.durationOrZero(Duration.ofDays(1)));

    static final Key<List<String>> SINKS = Key.withDefault(
            "discovery.sinks",
            "file",
            "Where the hosts go, a comma list of file, kafka, http, jms, amqp, sql, syslog and sinks of your own.",
            Parser::split);

    static final Key<Duration> DELIVERY_TIMEOUT = Key.withDefault(
            "discovery.delivery-timeout",
            "60s",
            "How long the hosts of a run are offered to a sink; what it did not take then it gets with the next runs.",
            Parser.timeout());

    static final Key<Duration> SHUTDOWN_TIMEOUT = Key.withDefault(
            "discovery.shutdown-timeout",
            "30s",
            "How long the program takes at most to end when it is told to, 5s to 10m.",
            Parser.duration(Duration.ofSeconds(5), Duration.ofMinutes(10)));

    static final Key<Set<String>> INCLUDE_NODES = Key.optional(
            "discovery.include.nodes", "pve1,pve2", "Only guests on these nodes, a comma list.", Parser.words());

    static final Key<List<VmidRange>> INCLUDE_VMIDS = Key.optional(
            "discovery.include.vmids",
            "100-199,250",
            "Only guests with these numbers, a comma list of numbers and ranges.",
            VmidRange::parse);

    static final Key<Set<String>> INCLUDE_TAGS = Key.optional(
            "discovery.include.tags",
            "prod,web",
            "Only guests with at least one of these tags, a comma list.",
            Parser.words());

    static final Key<Set<String>> INCLUDE_POOLS = Key.optional(
            "discovery.include.pools",
            "shop",
            "Only guests in these pools, a comma list; needs the privilege Pool.Audit.",
            Parser.words());

    static final Key<Set<String>> EXCLUDE_NODES =
            Key.optional("discovery.exclude.nodes", "pve3", "No guests on these nodes, a comma list.", Parser.words());

    static final Key<List<VmidRange>> EXCLUDE_VMIDS = Key.optional(
            "discovery.exclude.vmids",
            "9000-9999",
            "No guests with these numbers, a comma list of numbers and ranges.",
            VmidRange::parse);

    static final Key<Set<String>> EXCLUDE_TAGS = Key.optional(
            "discovery.exclude.tags", "scratch", "No guests with one of these tags, a comma list.", Parser.words());

    static final Key<Set<String>> EXCLUDE_POOLS = Key.optional(
            "discovery.exclude.pools",
            "training",
            "No guests in these pools, a comma list; needs the privilege Pool.Audit.",
            Parser.words());

    static final Key<Boolean> TEMPLATES =
            Key.withDefault("discovery.templates", "true", "Whether templates are hosts too.", Parser.trueOrFalse());

    static final Key<Boolean> STOPPED =
            Key.withDefault("discovery.stopped", "true", "Whether stopped guests are hosts too.", Parser.trueOrFalse());

    static final Key<Boolean> LINK_LOCAL = Key.withDefault(
            "discovery.addresses.link-local",
            "false",
            "Whether link-local addresses are told, fe80::/10 and 169.254.0.0/16.",
            Parser.trueOrFalse());

    static final Key<Set<String>> CHANGES_IGNORE = Key.withDefault(
            "discovery.changes.ignore",
            "proxmox.agent,proxmox.agent_checked_at,proxmox.addresses.observed_at,proxmox.addresses.stale,"
                    + "proxmox.notes",
            "What of a message is no change for sinks with emit=changes, a comma list of paths; none for nothing.",
            DiscoveryKeys::paths);

    static final Key<Integer> REMOVAL_AFTER = Key.withDefault(
            "discovery.removal.after",
            "2",
            "How many complete full runs in a row must not find a host before it is removed, 1 to 1000.",
            Parser.whole(1, 1000));

    static final Key<Integer> REMOVAL_MAX_PERCENT = Key.withDefault(
            "discovery.removal.max-percent",
            "20",
            "When more than this share of a cluster's hosts, and more than 5, vanish at once, none is removed.",
            Parser.whole(0, 100));

    static final Key<Boolean> ROUTES_RELOAD = Key.withDefault(
            "discovery.routes.reload",
            "true",
            "Whether the service takes route files that are edited while it runs, without a restart.",
            Parser.trueOrFalse());

    static final Key<Path> DATA = Key.withDefault(
            "discovery.data",
            "data",
            "The folder for what must not get lost: the ledger of hosts and sinks, and what is known of agents.",
            Parser.path());

    static final List<Key<?>> ALL = List.of(
            SCHEDULE,
            QUICK_SCHEDULE,
            TIME_ZONE,
            JITTER,
            RUN_DEADLINE,
            CONCURRENT_CLUSTERS,
            SINKS,
            DELIVERY_TIMEOUT,
            ROUTES_RELOAD,
            SHUTDOWN_TIMEOUT,
            INCLUDE_NODES,
            INCLUDE_VMIDS,
            INCLUDE_TAGS,
            INCLUDE_POOLS,
            EXCLUDE_NODES,
            EXCLUDE_VMIDS,
            EXCLUDE_TAGS,
            EXCLUDE_POOLS,
            TEMPLATES,
            STOPPED,
            LINK_LOCAL,
            CHANGES_IGNORE,
            REMOVAL_AFTER,
            REMOVAL_MAX_PERCENT,
            DATA);

    private DiscoveryKeys() {}

    /** An empty value is as none at all, so that no path needs a word. */
    private static Set<String> paths(String text) throws WrongValueException {
        if ("none".equals(text)) {
            return Set.of();
        }
        Set<String> paths = Parser.words().parse(text);
        if (!paths.stream().allMatch(path -> path.matches("[^\\s.]+(\\.[^\\s.]+)*"))) {
            throw new WrongValueException("is not a list of paths: the names of keys with dots in between, and commas");
        }
        return paths;
    }
}
