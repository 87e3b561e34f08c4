package io.github.proxmoxdiscovery.settings;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what is discovered, and when. */
final class DiscoveryReader {

    private final Values values;
    private final Problems problems;
    private final Function<String, Optional<String>> cronProblem;

    /** @param cronProblem what is wrong with a Quartz cron expression */
    DiscoveryReader(Values values, Problems problems, Function<String, Optional<String>> cronProblem) {
        this.values = values;
        this.problems = problems;
        this.cronProblem = cronProblem;
    }

    DiscoverySettings read() {
        return new DiscoverySettings(
                schedule(DiscoveryKeys.SCHEDULE),
                quickSchedule(),
                values.get(DiscoveryKeys.TIME_ZONE),
                values.get(DiscoveryKeys.JITTER),
                values.get(DiscoveryKeys.RUN_DEADLINE),
                values.get(DiscoveryKeys.CONCURRENT_CLUSTERS),
                values.get(DiscoveryKeys.DELIVERY_TIMEOUT),
                values.get(DiscoveryKeys.SHUTDOWN_TIMEOUT),
                filter(
                        DiscoveryKeys.INCLUDE_NODES,
                        DiscoveryKeys.INCLUDE_VMIDS,
                        DiscoveryKeys.INCLUDE_TAGS,
                        DiscoveryKeys.INCLUDE_POOLS),
                exclude(),
                values.get(DiscoveryKeys.TEMPLATES),
                values.get(DiscoveryKeys.STOPPED),
                values.get(DiscoveryKeys.LINK_LOCAL),
                values.get(DiscoveryKeys.CHANGES_IGNORE),
                removal(),
                values.get(DiscoveryKeys.ROUTES_RELOAD),
                values.get(DiscoveryKeys.DATA));
    }

    private Filter exclude() {
        return filter(
                DiscoveryKeys.EXCLUDE_NODES,
                DiscoveryKeys.EXCLUDE_VMIDS,
                DiscoveryKeys.EXCLUDE_TAGS,
                DiscoveryKeys.EXCLUDE_POOLS);
    }

    private Removal removal() {
        return new Removal(values.get(DiscoveryKeys.REMOVAL_AFTER), values.get(DiscoveryKeys.REMOVAL_MAX_PERCENT));
    }

    private Optional<String> quickSchedule() {
        boolean off = "off".equals(values.get(DiscoveryKeys.QUICK_SCHEDULE));
        return off ? Optional.empty() : Optional.of(schedule(DiscoveryKeys.QUICK_SCHEDULE));
    }

    private String schedule(Key<String> key) {
        String schedule = values.get(key);
        Optional<String> wrong = cronProblem.apply(schedule);
        if (wrong.isPresent()) {
            String hint = schedule.split("\\s+").length == 5
                    ? " (it has five fields, as for Unix: Quartz has the seconds before them, and a ? for the day of"
                            + " month or of week)"
                    : "";
            String shown = Shown.value(key, schedule);
            String why = wrong.get().replaceFirst("\\.$", "");
            problems.add(key, shown + " is not a schedule, a Quartz cron expression" + hint + ": " + why);
        }
        return schedule;
    }

    private Filter filter(
            Key<Set<String>> nodes, Key<List<VmidRange>> vmids, Key<Set<String>> tags, Key<Set<String>> pools) {
        return new Filter(
                values.find(nodes).orElse(Set.of()),
                values.find(vmids).orElse(List.of()),
                values.find(tags).orElse(Set.of()),
                values.find(pools).orElse(Set.of()));
    }
}
