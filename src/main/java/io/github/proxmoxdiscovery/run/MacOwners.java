package io.github.proxmoxdiscovery.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which interface had a MAC in the last run of each cluster: tells MACs that more than one cluster has. */
public final class MacOwners {

    /** Clusters that are copies of each other share all their MACs: a report does not list them all. */
    private static final int MOST_TOLD = 100;

    private final Map<String, Map<String, String>> idsByCluster = new HashMap<>();

    /** The MACs of a cluster, each with the id of a host that has it. */
    public synchronized Map<String, String> of(String cluster) {
        return Map.copyOf(idsByCluster.getOrDefault(cluster, Map.of()));
    }

    /** Takes the hosts of a run that did not look at all of them. */
    public synchronized void add(String cluster, List<KeptHost> hosts) {
        Map<String, String> own = idsByCluster.computeIfAbsent(cluster, name -> new HashMap<>());
        Set<String> ids = hosts.stream().map(KeptHost::id).collect(Collectors.toSet());
        own.values().removeIf(ids::contains);
        hosts.stream().filter(host -> !host.mac().isEmpty()).forEach(host -> own.putIfAbsent(host.mac(), host.id()));
    }

    /** Takes the hosts of a run in place of those of the last run, and tells which of their MACs others have too. */
    public synchronized List<String> replace(String cluster, List<KeptHost> hosts) {
        Map<String, String> own = new HashMap<>();
        hosts.stream().filter(host -> !host.mac().isEmpty()).forEach(host -> own.putIfAbsent(host.mac(), host.id()));
        idsByCluster.put(cluster, own);
        List<String> shared = new ArrayList<>();
        idsByCluster.forEach((other, ids) -> {
            if (!other.equals(cluster)) {
                own.forEach((mac, id) -> {
                    if (ids.containsKey(mac)) {
                        shared.add("the MAC " + mac + " of " + id + " is also that of " + ids.get(mac));
                    }
                });
            }
        });
        shared.sort(String::compareTo);
        return shared.size() <= MOST_TOLD ? shared : shortened(shared);
    }

    private static List<String> shortened(List<String> shared) {
        List<String> told = new ArrayList<>(shared.subList(0, MOST_TOLD));
        told.add("as for the others, " + (shared.size() - MOST_TOLD) + " more MACs are also those of other clusters");
        return told;
    }
}
