package io.github.proxmoxdiscovery.sim;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** What the cluster consists of now: nodes, in the order of their ids, and guests. */
final class Inventory {

    private final String name;
    private final Flavour flavour;
    private final boolean ownAddresses;
    private final Map<String, NodeState> nodes;
    private final Map<Integer, SimulatedGuest> guests = new TreeMap<>();

    /** @param ownAddresses whether each node listens on an address of its own */
    Inventory(
            String name,
            Flavour flavour,
            boolean ownAddresses,
            Map<String, NodeState> nodes,
            Collection<SimulatedGuest> guests) {
        this.name = name;
        this.flavour = flavour;
        this.ownAddresses = ownAddresses;
        this.nodes = new LinkedHashMap<>(nodes);
        guests.forEach(this::put);
    }

    String name() {
        return name;
    }

    Flavour flavour() {
        return flavour;
    }

    boolean ownAddresses() {
        return ownAddresses;
    }

    /** Where the node listens: 127.0.0.1, or 127.0.0.k for the k-th one. */
    String listeningAddress(String node) {
        return "127.0.0." + (ownAddresses ? nodes().indexOf(node) + 1 : 1);
    }

    synchronized List<String> nodes() {
        return List.copyOf(nodes.keySet());
    }

    synchronized Optional<NodeState> state(String node) {
        return Optional.ofNullable(nodes.get(node));
    }

    synchronized void state(String node, NodeState state) {
        nodes.put(node, state);
    }

    synchronized List<SimulatedGuest> guests() {
        return List.copyOf(guests.values());
    }

    List<SimulatedGuest> guests(String node, GuestType type) {
        return guests().stream()
                .filter(guest -> guest.node().equals(node) && guest.type() == type)
                .toList();
    }

    synchronized Optional<SimulatedGuest> guest(int vmid) {
        return Optional.ofNullable(guests.get(vmid));
    }

    synchronized void put(SimulatedGuest guest) {
        guests.put(guest.vmid(), guest);
    }

    synchronized void remove(int vmid) {
        guests.remove(vmid);
    }

    synchronized void change(int vmid, UnaryOperator<SimulatedGuest.Builder> change) {
        guests.computeIfPresent(
                vmid, (id, guest) -> change.apply(guest.change()).build());
    }

    SortedSet<String> pools() {
        SortedSet<String> pools = new TreeSet<>();
        guests().forEach(guest -> guest.pool().ifPresent(pools::add));
        return pools;
    }
}
