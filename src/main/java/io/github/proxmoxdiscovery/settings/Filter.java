package io.github.proxmoxdiscovery.settings;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Conditions on guests; an empty one is not set.
 *
 * @param nodes names of nodes
 * @param vmids numbers of guests
 * @param tags tags, of which a guest needs one
 * @param pools names of pools
 */
public record Filter(Set<String> nodes, List<VmidRange> vmids, Set<String> tags, Set<String> pools) {

    public Filter {
        nodes = Collections.unmodifiableSet(new LinkedHashSet<>(nodes));
        vmids = List.copyOf(vmids);
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
        pools = Collections.unmodifiableSet(new LinkedHashSet<>(pools));
    }

    /** No condition at all. */
    public static Filter none() {
        return new Filter(Set.of(), List.of(), Set.of(), Set.of());
    }

    /** Whether the number is one of {@link #vmids}. */
    public boolean matchesVmid(long vmid) {
        return vmids.stream().anyMatch(range -> range.contains(vmid));
    }
}
