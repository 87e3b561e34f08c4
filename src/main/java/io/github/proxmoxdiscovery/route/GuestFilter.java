package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.Node;
import io.github.proxmoxdiscovery.settings.DiscoverySettings;
import io.github.proxmoxdiscovery.settings.Filter;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The guests that the user wants. */
final class GuestFilter {

    private final DiscoverySettings settings;

    GuestFilter(DiscoverySettings settings) {
        this.settings = settings;
    }

    /** The pools that decide over a guest. */
    Set<String> pools() {
        Set<String> pools = new LinkedHashSet<>(settings.include().pools());
        pools.addAll(settings.exclude().pools());
        return pools;
    }

    /**
     * What the filters name and the cluster does not have, a sentence each: it may be a typing mistake. A pool without
     * guests cannot be told from one that does not exist.
     */
    List<String> unknownNames(List<Node> nodes, Collection<Guest> guests) {
        Set<String> namedNodes = new LinkedHashSet<>(settings.include().nodes());
        namedNodes.addAll(settings.exclude().nodes());
        nodes.forEach(node -> namedNodes.remove(node.name()));
        Set<String> namedPools = pools();
        guests.forEach(guest -> namedPools.remove(String.valueOf(guest.pool())));
        return Stream.concat(
                        namedNodes.stream().map(node -> "a filter names the node " + node + ", which is not there"),
                        namedPools.stream().map(pool -> "a filter names the pool " + pool + ", which has no guest"))
                .toList();
    }

    boolean accepts(Guest guest) {
        return (settings.templates() || !guest.template())
                && (settings.stopped() || !"stopped".equals(guest.status()))
                && isIncluded(guest, settings.include())
                && !isExcluded(guest, settings.exclude());
    }

    /** Every kind of condition that is set must be met. */
    private static boolean isIncluded(Guest guest, Filter include) {
        return (include.nodes().isEmpty() || include.nodes().contains(guest.node()))
                && (include.vmids().isEmpty() || include.matchesVmid(guest.vmid()))
                && (include.tags().isEmpty() || !Collections.disjoint(include.tags(), guest.tags()))
                && (include.pools().isEmpty()
                        || guest.pool() != null && include.pools().contains(guest.pool()));
    }

    /** Any condition that is met excludes. */
    private static boolean isExcluded(Guest guest, Filter exclude) {
        return exclude.nodes().contains(guest.node())
                || exclude.matchesVmid(guest.vmid())
                || !Collections.disjoint(exclude.tags(), guest.tags())
                || guest.pool() != null && exclude.pools().contains(guest.pool());
    }
}
