package io.github.proxmoxdiscovery.settings;

import java.util.List;
import java.util.Set;

/** Reads how the log is written. */
final class LogReader {

    private final List<String> clusters;
    private final Values values;
    private final Problems problems;

    LogReader(List<String> clusters, Values values, Problems problems) {
        this.clusters = clusters;
        this.values = values;
        this.problems = problems;
    }

    LogSettings read() {
        Set<String> debug = values.find(LogKeys.DEBUG_CLUSTERS).orElse(Set.of());
        debug.stream()
                .filter(name -> !clusters.contains(name))
                .forEach(name -> problems.add(
                        LogKeys.DEBUG_CLUSTERS,
                        "there is no cluster " + Shown.value(LogKeys.DEBUG_CLUSTERS, name)
                                + " in proxmox.clusters, which names " + String.join(", ", clusters)));
        return new LogSettings(values.get(LogKeys.FORMAT), values.get(LogKeys.LEVEL), debug);
    }
}
