package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.GuestList;
import io.github.proxmoxdiscovery.pve.Node;
import io.github.proxmoxdiscovery.pve.NodeGuestStatus;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.KnownGuests.Changes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the lists of a cluster into the guests to read. */
public final class Lists {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.run");

    private final GuestFilter filter;
    private final Clusters clusters;
    private final PrivilegeCheck privileges;

    Lists(GuestFilter filter, Clusters clusters) {
        this.clusters = clusters;
        this.filter = filter;
        this.privileges = new PrivilegeCheck(filter, clusters);
    }

    /**
     * A list of a node to be asked, because the cluster's list does not know the status of some of its guests.
     *
     * @param path the path of the API
     */
    public record StatusLookup(String node, GuestType type, String path) {}

    /** The guests of the cluster by vmid, from the answers to the list calls. */
    public Map<Long, Guest> guests(
            @Variable("run") ClusterRun run,
            @Variable("nodes") JsonNode nodes,
            @Variable("guests") JsonNode rows,
            @Variable("permissions") @Nullable JsonNode permissions,
            @Variable("version") @Nullable JsonNode version)
            throws PveException {
        if (!nodes.isArray() || !rows.isArray()) {
            throw badReply("the list of nodes or guests is not a list");
        }
        List<Node> nodeList = Node.parseList(nodes);
        if (nodeList.isEmpty()) {
            throw badReply("the list of nodes is empty, though each cluster lists itself");
        }
        run.nodes(nodeList);
        GuestList list = GuestList.parse(rows);
        if (list.unreadable() > 0) {
            run.note(run.getCluster(), Reason.BAD_REPLY, list.unreadable() + " rows of the guest list make no sense");
        }
        privileges.check(run, list, permissions, version);
        ClusterContext cluster = clusters.get(run.getCluster());
        cluster.permissions(permissions);
        rememberPools(run, cluster, permissions);
        filter.unknownNames(nodeList, list.guests()).forEach(name -> LOG.warn("{}: {}", run.getCluster(), name));
        checkDirectAddresses(run, nodeList);
        return byNumber(list);
    }

    private static void rememberPools(ClusterRun run, ClusterContext cluster, @Nullable JsonNode permissions) {
        if (permissions != null) {
            cluster.unknownPools(run.hasUnknownPools());
        } else if (cluster.hasUnknownPools()) {
            run.poolsAreUnknown();
        }
    }

    private void checkDirectAddresses(ClusterRun run, List<Node> nodes) {
        Set<String> named =
                clusters.get(run.getCluster()).settings().direct().addresses().keySet();
        Set<String> there = nodes.stream().map(Node::name).collect(Collectors.toSet());
        named.stream()
                .filter(name -> !there.contains(name))
                .forEach(name ->
                        LOG.warn("{}: direct-addresses names the node {}, which is not there", run.getCluster(), name));
        if (!named.isEmpty()) {
            there.stream()
                    .filter(name -> !named.contains(name))
                    .forEach(name -> LOG.warn(
                            "{}: direct-addresses does not name {}, which is asked through the entry node",
                            run.getCluster(),
                            name));
        }
    }

    /** A guest that is migrated may be listed on both nodes for a moment. */
    private static Map<Long, Guest> byNumber(GuestList list) {
        Map<Long, Guest> guests = new LinkedHashMap<>();
        list.guests().forEach(guest -> guests.put(guest.vmid(), guest));
        return guests;
    }

    /** The lists to ask for the guests of unknown status on nodes that are not offline. */
    public List<StatusLookup> statusLookups(
            @Variable("run") ClusterRun run, @Variable("guests") Map<Long, Guest> guests) {
        return guests.values().stream()
                .filter(guest -> Guest.UNKNOWN.equals(guest.status()) && !run.isOffline(guest.node()))
                .map(guest -> new StatusLookup(
                        guest.node(),
                        guest.type(),
                        "/nodes/" + guest.node() + "/" + guest.type().text()))
                .distinct()
                .toList();
    }

    /** Puts the statuses of a node's own list in place of the unknown ones. */
    public void setStatuses(
            @Variable("guests") Map<Long, Guest> guests,
            @Variable("lookup") StatusLookup lookup,
            @Variable("statuses") JsonNode rows) {
        Map<Long, String> statuses = NodeGuestStatus.parse(rows);
        guests.replaceAll((vmid, guest) -> {
            boolean asked = guest.node().equals(lookup.node()) && guest.type() == lookup.type();
            boolean better = asked && Guest.UNKNOWN.equals(guest.status()) && statuses.containsKey(vmid);
            return better ? guest.withStatus(statuses.get(vmid)) : guest;
        });
    }

    /** A node's own list could not be had: its guests are read all the same, their status stays unknown. */
    public void statusesUnknown(
            @Variable("run") ClusterRun run, @Variable("lookup") StatusLookup lookup, Exchange exchange) {
        PveFailure failure = Failures.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        run.note(run.getCluster() + "/" + lookup.node(), Reason.STATUS_UNKNOWN, failure.message());
    }

    /** All guests are listed in the run, and those are to be read that can be and are wanted. */
    public void toRead(@Variable("run") ClusterRun run, @Variable("guests") Map<Long, Guest> guests) {
        run.list(guests.values());
        guests.values().forEach(run::listed);
        clusters.get(run.getCluster()).agents().keepOnly(guests.values());
        if (!guests.isEmpty() && guests.values().stream().noneMatch(filter::accepts)) {
            LOG.warn("{}: the filters leave none of its {} guests", run.getCluster(), guests.size());
        }
        toRead(run, guests.values());
    }

    /**
     * What changed since the last list, from the answer to the list call of a quick run.
     *
     * @throws PveException when the answer is no list
     */
    public Changes changes(@Variable("run") ClusterRun run, @Variable("guests") JsonNode rows) throws PveException {
        if (!rows.isArray()) {
            throw badReply("the list of guests is not a list");
        }
        GuestList list = GuestList.parse(rows);
        Collection<Guest> guests = byNumber(list).values();
        run.list(guests);
        ClusterContext cluster = clusters.get(run.getCluster());
        if (cluster.hasUnknownPools()) {
            run.poolsAreUnknown();
        }
        Changes changes = cluster.guests().changes(guests);
        return list.unreadable() == 0
                ? changes
                : withoutGone(
                        run, changes, Reason.BAD_REPLY, list.unreadable() + " rows of the guest list make no sense");
    }

    /** Which guests are gone is not to be told from this list: none is taken for gone. */
    private static Changes withoutGone(ClusterRun run, Changes changes, Reason reason, String message) {
        run.note(run.getCluster(), reason, message);
        run.list(changes.gone());
        return new Changes(changes.toRead(), List.of(), changes.poolsLost());
    }

    /** Whether guests are gone, or their pools: then it may be a privilege that is. */
    public boolean hasLost(@Variable("changes") Changes changes) {
        return !changes.gone().isEmpty() || changes.poolsLost();
    }

    /**
     * What changed, after guests or their pools were missing from the list: they are gone, or only hidden from us.
     *
     * @throws PveException when all are hidden
     */
    public Changes checkLost(
            @Variable("run") ClusterRun run,
            @Variable("changes") Changes changes,
            @Variable("guests") JsonNode rows,
            @Variable("permissions") @Nullable JsonNode permissions,
            @Variable("version") @Nullable JsonNode version)
            throws PveException {
        privileges.check(run, GuestList.parse(rows), permissions, version);
        ClusterContext cluster = clusters.get(run.getCluster());
        rememberPools(run, cluster, permissions);
        return !changes.gone().isEmpty() && cluster.hasOtherPermissions(permissions)
                ? withoutGone(
                        run,
                        changes,
                        Reason.PRIVILEGE_MISSING,
                        changes.gone().size() + " guests are not seen any more, and what may be seen changed since the"
                                + " last full run: the next one tells whether they are gone")
                : changes;
    }

    /** The guests that changed are to be read, and those that are gone are told. */
    public void toReadChanged(@Variable("run") ClusterRun run, @Variable("changes") Changes changes) {
        for (Guest gone : changes.gone()) {
            run.listed(gone);
            run.gone(gone, "is in the list of the cluster no more");
        }
        changes.toRead().forEach(run::listed);
        toRead(run, changes.toRead());
    }

    private void toRead(ClusterRun run, Collection<Guest> guests) {
        run.silentAgents(clusters.get(run.getCluster()).agents().silent());
        long left = guests.stream().filter(guest -> !filter.accepts(guest)).count();
        if (left > 0) {
            run.note(run.getCluster(), Reason.FILTERED, left + " guests are left out by the filters");
        }
        run.getReading()
                .add(guests.stream().filter(guest -> isToBeRead(run, guest)).toList());
    }

    private static PveException badReply(String message) {
        return new PveException(new PveFailure(Reason.BAD_REPLY, 200, "200 OK", message));
    }

    private boolean isToBeRead(ClusterRun run, Guest guest) {
        if (!filter.accepts(guest)) {
            run.filtered(guest);
            return false;
        }
        if (run.isOffline(guest.node())) {
            run.failedWithNode(guest, "its node is offline");
            return false;
        }
        return true;
    }
}
