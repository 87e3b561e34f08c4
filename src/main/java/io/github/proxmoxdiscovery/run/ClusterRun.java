package io.github.proxmoxdiscovery.run;

import io.github.proxmoxdiscovery.host.AgentState;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.Need;
import io.github.proxmoxdiscovery.pve.Node;
import io.github.proxmoxdiscovery.pve.PrivilegeReview;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One run over one cluster, filled by many threads while it goes on. Every listed guest ends in exactly one of read,
 * skipped and failed, whatever happens: what nobody accounted for when the run is closed is failed.
 */
public final class ClusterRun {

    private static final int RUNS_AN_HOUR = 12;
    private static final int LEAST_SILENT_AGENTS = 2;
    private static final Duration ENDLESS = Duration.ofDays(365);

    private final String cluster;
    private final String id;
    private final Clock clock;
    private final Instant startedAt;
    private final ConcurrentMap<String, NodeTally> nodes = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Guest> open = new ConcurrentHashMap<>();
    private final Set<Long> read = new HashSet<>();
    private final Set<Long> failed = new HashSet<>();
    private final Set<String> readGuests = new HashSet<>();
    private final Set<String> filtered = new HashSet<>();
    private final Set<String> hidden = new HashSet<>();
    private final Set<String> unasked = new HashSet<>();
    private final Map<Long, Guest> list = new LinkedHashMap<>();
    private volatile long silentAgentsOfNode = LEAST_SILENT_AGENTS;
    private final ConcurrentMap<String, AtomicInteger> silentAgentsAsked = new ConcurrentHashMap<>();
    private final Set<String> nodesWithoutInterfacesCall = ConcurrentHashMap.newKeySet();
    private final List<Failure> failures = new ArrayList<>();
    private List<KeptHost> hosts = new ArrayList<>();
    private @Nullable Failure clusterFailure;
    private @Nullable Instant finishedAt;
    private volatile boolean poolsUnknown;
    private final RunKind kind;
    private final Reading reading;
    private volatile @Nullable PrivilegeReview privileges;
    private volatile @Nullable Map<String, Object> removals;
    private int hostCount = -1;
    private boolean abandoned;
    private boolean hushed;
    private final Map<AgentState, Integer> agents = new EnumMap<>(AgentState.class);

    /** A full run without a deadline. */
    public ClusterRun(String cluster, Clock clock) {
        this(cluster, RunKind.FULL, ENDLESS, clock);
    }

    /** @param most how long the reading may take */
    public ClusterRun(String cluster, RunKind kind, Duration most, Clock clock) {
        this.cluster = cluster;
        this.kind = kind;
        this.reading = new Reading(most);
        this.clock = clock;
        this.startedAt = clock.instant();
        this.id = RunId.next(startedAt);
    }

    public String getCluster() {
        return cluster;
    }

    public String getId() {
        return id;
    }

    /** Whether the run looks only at what changed. */
    public boolean isQuick() {
        return kind == RunKind.QUICK;
    }

    /** What the run would say was said by the one before. */
    public synchronized void hush() {
        hushed = true;
    }

    /** Whether somebody will want to know of the run: of a full one always, of a quick one if it found something. */
    public synchronized boolean hasSomethingToSay() {
        return !hushed && (!isQuick() || !failures.isEmpty() || sum(NodeTally::guests) > 0);
    }

    public RunKind kind() {
        return kind;
    }

    /** The guests that are still to be read. */
    public Reading getReading() {
        return reading;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public Instant now() {
        return clock.instant();
    }

    /** Tells the run which nodes there are. */
    public synchronized void nodes(Collection<Node> listed) {
        for (Node node : listed) {
            boolean offline = node.status() == Node.Status.OFFLINE;
            nodes.put(node.name(), new NodeTally(node.name(), offline));
            if (offline) {
                note(cluster + "/" + node.name(), Reason.NODE_OFFLINE, "the cluster says that the node is offline");
            }
        }
    }

    /** Tells the run of the list that it works with, of which it may look at a part only. */
    public synchronized void list(Collection<Guest> guests) {
        guests.forEach(guest -> list.put(guest.vmid(), guest));
    }

    /** The list that the run worked with, by now; empty if there was none to be trusted. */
    public synchronized Optional<Collection<Guest>> list() {
        boolean trusted = clusterFailure == null || !isQuick() && !list.isEmpty();
        return trusted ? Optional.of(List.copyOf(list.values())) : Optional.empty();
    }

    /** Tells the run of a guest; exactly one of {@link #read}, {@link #skipped} and {@link #failed} follows. */
    public synchronized void listed(Guest guest) {
        if (open.putIfAbsent(guest.vmid(), guest) == null) {
            tally(guest).listed();
        }
    }

    /** A listed guest is on another node by now: that one accounts for it. */
    public synchronized void moved(Guest now) {
        Guest before = open.replace(now.vmid(), now);
        list.replace(now.vmid(), now);
        if (before != null) {
            tally(before).unlisted();
            tally(now).listed();
        }
    }

    public boolean isOffline(String node) {
        NodeTally tally = nodes.get(node);
        return tally != null && tally.offline();
    }

    /** What became of asking a guest for its addresses. */
    public synchronized void agent(AgentState state) {
        agents.merge(state, 1, Integer::sum);
    }

    /** How many guests there were of each. */
    public synchronized Map<AgentState, Integer> agents() {
        return Map.copyOf(agents);
    }

    public synchronized void read(Guest guest) {
        close(guest).ifPresent(tally -> {
            tally.read();
            read.add(guest.vmid());
            readGuests.add(nameOf(guest));
        });
    }

    /** The guest is there no more. */
    public synchronized void gone(Guest guest, String message) {
        note(where(guest), Reason.GONE, message);
        list.remove(guest.vmid());
        skipped(guest);
    }

    /** The vmids of the guests that were read. */
    public synchronized Set<Long> readGuests() {
        return Set.copyOf(read);
    }

    /** The vmids of the guests that could not be read. */
    public synchronized Set<Long> failedGuests() {
        return Set.copyOf(failed);
    }

    private void skipped(Guest guest) {
        close(guest).ifPresent(NodeTally::skipped);
    }

    /** The guest is there, but the filters leave it out. */
    public synchronized void filtered(Guest guest) {
        filtered.add(nameOf(guest));
        skipped(guest);
    }

    /** A guest, as {@code qemu/101}, is not listed any more and exists all the same. */
    public synchronized void hidden(String guest) {
        hidden.add(guest);
    }

    /** The guests that exist and cannot be seen any more, as {@code qemu/101}. */
    public synchronized Set<String> hiddenGuests() {
        return Set.copyOf(hidden);
    }

    /** A guest, as {@code qemu/101}, is not listed any more, and whether it exists was not asked. */
    public synchronized void unasked(String guest) {
        unasked.add(guest);
    }

    /** The guests that are gone or hidden, which of the two was not asked, as {@code qemu/101}. */
    public synchronized Set<String> unaskedGuests() {
        return Set.copyOf(unasked);
    }

    /** The guests that the filters left out, as {@code qemu/101}. */
    public synchronized Set<String> filteredGuests() {
        return Set.copyOf(filtered);
    }

    /** The guests that were read, as {@code qemu/101}. */
    public synchronized Set<String> namesOfReadGuests() {
        return Set.copyOf(readGuests);
    }

    static String nameOf(Guest guest) {
        return guest.type().text() + "/" + guest.vmid();
    }

    public synchronized void failed(Guest guest, Reason reason, String message) {
        close(guest).ifPresent(tally -> {
            tally.failed(reason);
            failed.add(guest.vmid());
            note(where(guest), reason, message);
        });
    }

    /** The guest cannot be read because its node cannot: said once for the node, not for each of its guests. */
    public synchronized void failedWithNode(Guest guest, String message) {
        close(guest).ifPresent(tally -> {
            failed.add(guest.vmid());
            if (tally.failed(Reason.NODE_OFFLINE) == 1 && !tally.offline()) {
                note(cluster + "/" + tally.node(), Reason.NODE_OFFLINE, message);
            }
        });
    }

    /** The run cannot go on, or could not even begin: what is still open is failed for this reason. */
    public void failed(Reason reason, String message) {
        failed(new Failure(cluster, reason, message));
    }

    /** The same, with what the operator can do in this very case. */
    public synchronized void failed(Failure failure) {
        if (clusterFailure == null) {
            clusterFailure = failure;
            failures.add(clusterFailure);
        }
        reading.stop();
    }

    /** The program ends: the run is over as soon as what is under way is, and is worth nothing. */
    public synchronized void abandon() {
        abandoned = true;
        reading.stop();
    }

    public synchronized boolean isAbandoned() {
        return abandoned;
    }

    /** A failure that leaves the guest read: of a part of it, or of the cluster's list. */
    public void note(String where, Reason reason, String message) {
        note(new Failure(where, reason, message));
    }

    public synchronized void note(Failure failure) {
        failures.add(failure);
    }

    /** Adds a host of a guest; one that comes when the run is closed is too late. */
    public synchronized void keep(Guest guest, KeptHost host) {
        if (finishedAt == null) {
            tally(open.getOrDefault(guest.vmid(), guest)).host();
            hosts.add(host);
        }
    }

    public String where(Guest guest) {
        return cluster + "/" + nameOf(guest);
    }

    /**
     * Tells the run how many agents of the cluster were silent. Of each node it asks so many that it does not wait for
     * dead agents, and that each is asked about once an hour all the same.
     */
    public void silentAgents(long number) {
        long share = number / Math.max(nodes.size(), 1) / RUNS_AN_HOUR;
        silentAgentsOfNode = Math.max(share, LEAST_SILENT_AGENTS);
    }

    /** Whether the run can afford to ask one more agent of the node that was silent; if so, it counts. */
    public boolean maySilentAgentBeAsked(String node) {
        return silentAgentsAsked
                        .computeIfAbsent(node, name -> new AtomicInteger())
                        .incrementAndGet()
                <= silentAgentsOfNode;
    }

    /** Remembers that a node is too old for the call that asks a container's interfaces (before PVE 8.1). */
    public void hasNoInterfacesCall(String node) {
        nodesWithoutInterfacesCall.add(node);
    }

    public boolean knowsNoInterfacesCall(String node) {
        return nodesWithoutInterfacesCall.contains(node);
    }

    /** What the token or user may do, as it was told. */
    public void may(PrivilegeReview review) {
        privileges = review;
    }

    /** Whether no QEMU guest agent may be asked, so that none is. */
    public boolean hasRefusedAgents() {
        PrivilegeReview review = privileges;
        return review != null && review.lacks(Need.AGENT);
    }

    public void poolsAreUnknown() {
        poolsUnknown = true;
    }

    public boolean hasUnknownPools() {
        return poolsUnknown;
    }

    /** Ends the reading of a run that looked at everything. */
    public void close() {
        close(Map.of());
    }

    /**
     * Ends the reading: no guest and no host is added afterwards.
     *
     * @param others the MACs of hosts that the run did not look at, each with the id of its host
     */
    public synchronized void close(Map<String, String> others) {
        if (finishedAt != null) {
            return;
        }
        Reason reason = clusterFailure == null ? Reason.DEADLINE : clusterFailure.reason();
        for (Guest guest : new TreeMap<>(open).values()) {
            failed(guest, reason, "was not reached in this run");
        }
        DuplicateMacs.shared(hosts, others)
                .forEach(
                        (mac, count) -> note(cluster, Reason.DUPLICATE_MAC, count + " interfaces have the MAC " + mac));
        hosts = DuplicateMacs.noted(hosts, others);
        finishedAt = clock.instant();
    }

    public synchronized List<KeptHost> hosts() {
        return hosts;
    }

    /** The hosts are written down elsewhere: the run needs them no more. */
    public synchronized void letHostsGo() {
        hostCount = hosts.size();
        hosts = List.of();
    }

    /** What became of hosts that the run did not find, as the report has it. */
    public void removals(Map<String, Object> told) {
        removals = told;
    }

    public synchronized Optional<Failure> clusterFailure() {
        return Optional.ofNullable(clusterFailure);
    }

    /** True only if everything that exists was read: no failure of the cluster, a node or a guest. */
    public synchronized boolean isComplete() {
        return failures.stream().allMatch(failure -> failure.reason().keepsRunComplete())
                && nodes.values().stream().noneMatch(node -> node.offline() || node.failedCount() > 0);
    }

    /** @param pending how many hosts each sink is to be told of */
    public synchronized RunReport report(Map<String, Long> pending) {
        List<Map<String, Object>> nodeMaps = nodes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().toMap())
                .toList();
        return new RunReport(
                id,
                cluster,
                kind,
                startedAt,
                finishedAt == null ? clock.instant() : finishedAt,
                isComplete(),
                new RunReport.Guests(
                        sum(NodeTally::guests),
                        sum(NodeTally::readCount),
                        sum(NodeTally::skippedCount),
                        sum(NodeTally::failedCount)),
                hostCount < 0 ? hosts.size() : hostCount,
                nodeMaps,
                pending,
                List.copyOf(failures),
                Optional.ofNullable(privileges).map(PrivilegeReview::toMap).orElse(null),
                removals);
    }

    private int sum(ToIntFunction<NodeTally> part) {
        return nodes.values().stream().mapToInt(part).sum();
    }

    /** The node that accounts for a guest which is still open: the one it is known to be on by now. */
    private Optional<NodeTally> close(Guest guest) {
        return Optional.ofNullable(open.remove(guest.vmid())).map(this::tally);
    }

    private NodeTally tally(Guest guest) {
        return nodes.computeIfAbsent(guest.node(), name -> new NodeTally(name, false));
    }
}
