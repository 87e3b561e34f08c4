package io.github.proxmoxdiscovery.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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

    private volatile String name;
    private final Flavour flavour;
    private final boolean ownAddresses;
    private final InstantSource clock;
    private final Instant begin;
    private final Map<String, NodeState> nodes;
    private final Map<Integer, SimulatedGuest> guests = new TreeMap<>();
    private final Map<Integer, String> alsoListedOn = new TreeMap<>();

    /** @param ownAddresses whether each node listens on an address of its own */
    Inventory(
            String name,
            Flavour flavour,
            boolean ownAddresses,
            InstantSource clock,
            Map<String, NodeState> nodes,
            Collection<SimulatedGuest> guests) {
        this.name = name;
        this.flavour = flavour;
        this.ownAddresses = ownAddresses;
        this.clock = clock;
        this.begin = clock.instant();
        this.nodes = new LinkedHashMap<>(nodes);
        guests.forEach(this::put);
    }

    String name() {
        return name;
    }

    void rename(String other) {
        name = other;
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

    /** The guests as lists show them, some twice. */
    synchronized List<SimulatedGuest> listed() {
        List<SimulatedGuest> listed = new ArrayList<>(guests.values());
        alsoListedOn.forEach((vmid, node) ->
                guest(vmid).map(guest -> guest.change().node(node).build()).ifPresent(listed::add));
        return listed;
    }

    List<SimulatedGuest> listed(String node, GuestType type) {
        return listed().stream()
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
        guests.computeIfPresent(vmid, (id, guest) -> {
            SimulatedGuest changed = change.apply(guest.change()).build();
            boolean started = changed.running() && !guest.running();
            return started ? changed.change().startedAt(clock.instant()).build() : changed;
        });
    }

    synchronized void listTwice(int vmid, String node) {
        alsoListedOn.put(vmid, node);
    }

    synchronized void listOnce(int vmid) {
        alsoListedOn.remove(vmid);
    }

    /** Seconds; a guest that was there from the beginning has been running for an hour and some time then. */
    long uptime(SimulatedGuest guest) {
        Instant since = guest.startedAt().orElseGet(() -> begin.minusSeconds(3600L + guest.vmid()));
        return guest.running() ? Duration.between(since, clock.instant()).toSeconds() : 0;
    }

    /** Of a node, seconds. */
    long uptime() {
        return 100_000 + Duration.between(begin, clock.instant()).toSeconds();
    }

    SortedSet<String> pools() {
        SortedSet<String> pools = new TreeSet<>();
        guests().forEach(guest -> guest.pool().ifPresent(pools::add));
        return pools;
    }
}
