package io.github.proxmoxdiscovery.run;

import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.Node;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One run over one cluster, filled by many threads while it goes on. Every listed guest ends in exactly one of read,
 * skipped and failed, whatever happens: what nobody accounted for when the run is closed is failed.
 */
public final class ClusterRun {

    private final String cluster;
    private final String id;
    private final Clock clock;
    private final Instant startedAt;
    private final ConcurrentMap<String, NodeTally> nodes = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Guest> open = new ConcurrentHashMap<>();
    private final Set<String> nodesWithoutInterfacesCall = ConcurrentHashMap.newKeySet();
    private final List<Failure> failures = new ArrayList<>();
    private List<KeptHost> hosts = new ArrayList<>();
    private @Nullable Failure clusterFailure;
    private @Nullable Instant finishedAt;
    private boolean poolsUnknown;

    public ClusterRun(String cluster, Clock clock) {
        this.cluster = cluster;
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

    public Instant startedAt() {
        return startedAt;
    }

    public Instant now() {
        return clock.instant();
    }

    /** Tells the run which nodes there are. */
    public void nodes(Collection<Node> listed) {
        listed.forEach(node -> nodes.put(node.name(), new NodeTally(node.name(), node.status() == Node.Status.OFFLINE)));
    }

    /** Tells the run of a guest; exactly one of {@link #read}, {@link #skipped} and {@link #failed} follows. */
    public void listed(Guest guest) {
        tally(guest).listed();
        open.put(guest.vmid(), guest);
    }

    public boolean isOffline(String node) {
        NodeTally tally = nodes.get(node);
        return tally != null && tally.offline();
    }

    public void read(Guest guest) {
        if (close(guest)) {
            tally(guest).read();
        }
    }

    public void skipped(Guest guest) {
        if (close(guest)) {
            tally(guest).skipped();
        }
    }

    public void failed(Guest guest, Reason reason, String message) {
        if (close(guest)) {
            tally(guest).failed(reason);
            note(where(guest), reason, message);
        }
    }

    /** The run cannot go on, or could not even begin: what is still open is failed for this reason. */
    public synchronized void failed(Reason reason, String message) {
        if (clusterFailure == null) {
            clusterFailure = new Failure(cluster, reason, message);
            failures.add(clusterFailure);
        }
    }

    /** A failure that leaves the guest read: of a part of it, or of the cluster's list. */
    public synchronized void note(String where, Reason reason, String message) {
        failures.add(new Failure(where, reason, message));
    }

    public synchronized void keep(Guest guest, KeptHost host) {
        tally(guest).host();
        hosts.add(host);
    }

    public String where(Guest guest) {
        return cluster + "/" + guest.type().text() + "/" + guest.vmid();
    }

    /** Remembers that a node is too old for the call that asks a container's interfaces (before PVE 8.1). */
    public void hasNoInterfacesCall(String node) {
        nodesWithoutInterfacesCall.add(node);
    }

    public boolean knowsNoInterfacesCall(String node) {
        return nodesWithoutInterfacesCall.contains(node);
    }

    public void poolsAreUnknown() {
        poolsUnknown = true;
    }

    public boolean hasUnknownPools() {
        return poolsUnknown;
    }

    /** Ends the reading: nothing is added afterwards. */
    public synchronized void close() {
        Reason reason = clusterFailure == null ? Reason.DEADLINE : clusterFailure.reason();
        for (Guest guest : List.copyOf(open.values())) {
            failed(guest, reason, "was not reached in this run");
        }
        DuplicateMacs.shared(hosts)
                .forEach((mac, count) -> note(cluster, Reason.DUPLICATE_MAC, count + " interfaces have the MAC " + mac));
        hosts = DuplicateMacs.noted(hosts);
        finishedAt = clock.instant();
    }

    public synchronized List<KeptHost> hosts() {
        return hosts;
    }

    public synchronized Optional<Failure> clusterFailure() {
        return Optional.ofNullable(clusterFailure);
    }

    /** True only if everything that exists was read: no failure of the cluster, a node or a guest. */
    public synchronized boolean isComplete() {
        return failures.stream().allMatch(failure -> failure.reason().keepsRunComplete())
                && nodes.values().stream().noneMatch(node -> node.offline() || node.failedCount() > 0);
    }

    public synchronized RunReport report(Collection<String> sinks) {
        List<Map<String, Object>> nodeMaps = nodes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getValue().toMap())
                .toList();
        return new RunReport(
                id,
                cluster,
                startedAt,
                finishedAt == null ? clock.instant() : finishedAt,
                isComplete(),
                new RunReport.Guests(
                        sum(NodeTally::guests),
                        sum(NodeTally::readCount),
                        sum(NodeTally::skippedCount),
                        sum(NodeTally::failedCount)),
                hosts.size(),
                nodeMaps,
                List.copyOf(sinks),
                List.copyOf(failures));
    }

    private int sum(java.util.function.ToIntFunction<NodeTally> part) {
        return nodes.values().stream().mapToInt(part).sum();
    }

    private boolean close(Guest guest) {
        return open.remove(guest.vmid()) != null;
    }

    private NodeTally tally(Guest guest) {
        return nodes.computeIfAbsent(guest.node(), name -> new NodeTally(name, false));
    }
}
