package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.GuestList;
import io.github.proxmoxdiscovery.pve.Need;
import io.github.proxmoxdiscovery.pve.Permissions;
import io.github.proxmoxdiscovery.pve.PrivilegeCommands;
import io.github.proxmoxdiscovery.pve.PrivilegeReview;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.pve.PveVersion;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.Failure;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an empty or shortened list from one that a missing privilege made so. */
final class PrivilegeCheck {

    private static final String POOL_AUDIT = "Pool.Audit";

    private static final Logger LOG = LoggerFactory.getLogger("discovery.run");

    private final GuestFilter filter;
    private final Clusters clusters;
    private final Set<String> saidOfAgents = ConcurrentHashMap.newKeySet();

    PrivilegeCheck(GuestFilter filter, Clusters clusters) {
        this.filter = filter;
        this.clusters = clusters;
    }

    /**
     * Looks at what the token or user may do, and tells the run.
     *
     * @param data the answer to {@code /access/permissions}, or null if it could not be had
     * @param version the answer to {@code /version}, or null if it could not be had
     * @throws PveException when nothing is to be concluded from the list of guests
     */
    void check(ClusterRun run, GuestList list, @Nullable JsonNode data, @Nullable JsonNode version)
            throws PveException {
        Permissions permissions = data == null || !data.isObject() ? null : Permissions.parse(data);
        Optional<PveVersion> told = version == null ? Optional.empty() : PveVersion.parse(version);
        checkGuests(run, list, permissions, told);
        checkPoolFilters(run, permissions, told);
        if (permissions != null) {
            told.ifPresent(known -> run.may(new PrivilegeReview(known, permissions)));
            notePools(run, permissions, told);
            noteAgents(run, told);
        }
    }

    private void notePools(ClusterRun run, Permissions permissions, Optional<PveVersion> version) {
        if (!permissions.anywhere(POOL_AUDIT)) {
            run.poolsAreUnknown();
            String message = "Pool.Audit is not granted: the pool of each guest is unknown, and left out";
            run.note(failure(run, Reason.POOL_UNKNOWN, Need.POOLS, version, message));
        }
    }

    private void noteAgents(ClusterRun run, Optional<PveVersion> version) {
        if (version.isEmpty() || !run.hasRefusedAgents()) {
            saidOfAgents.remove(run.getCluster());
            return;
        }
        String privileges = String.join(" or ", Need.AGENT.privileges(version.get()));
        String message = privileges + " is not granted on any guest: no QEMU guest agent is asked in this run";
        Failure refused = failure(run, Reason.AGENT_REFUSED, Need.AGENT, version, message);
        run.note(refused);
        if (saidOfAgents.add(run.getCluster())) {
            LOG.warn("{}: {} {}. {}", refused.where(), refused.reason(), refused.message(), refused.remedy());
        }
    }

    private void checkGuests(
            ClusterRun run, GuestList list, @Nullable Permissions permissions, Optional<PveVersion> version)
            throws PveException {
        if (list.guests().isEmpty() && (permissions == null || !permissions.onGuests("VM.Audit"))) {
            throw missing(
                    run,
                    Need.GUESTS,
                    version,
                    "the list of guests is empty, and VM.Audit is not granted on any guest: an API token with"
                            + " privilege separation needs an ACL of its own");
        }
    }

    private void checkPoolFilters(ClusterRun run, @Nullable Permissions permissions, Optional<PveVersion> version)
            throws PveException {
        for (String pool : filter.pools()) {
            if (permissions == null || !permissions.onPool(pool, POOL_AUDIT)) {
                throw missing(
                        run,
                        Need.POOLS,
                        version,
                        "a filter by pool is set, but Pool.Audit is not granted on /pool/" + pool
                                + ": which guests are in it is unknown");
            }
        }
    }

    private PveException missing(ClusterRun run, Need need, Optional<PveVersion> version, String message) {
        PveFailure told = new PveFailure(Reason.PRIVILEGE_MISSING, 200, "200 OK", message);
        // The first failure of a run stands: this one, with the remedy for this very token.
        run.failed(failure(run, Reason.PRIVILEGE_MISSING, need, version, ClusterFailure.message(told)));
        return new PveException(told);
    }

    private Failure failure(ClusterRun run, Reason reason, Need need, Optional<PveVersion> version, String message) {
        String remedy = version.map(known -> remedy(run, need, known)).orElse(reason.remedy());
        return new Failure(run.getCluster(), reason, message, remedy);
    }

    private String remedy(ClusterRun run, Need need, PveVersion version) {
        String account = clusters.get(run.getCluster()).settings().login().account();
        String warning = PrivilegeCommands.warning(need, version)
                .map(text -> " (" + text + ")")
                .orElse("");
        return "On a node of the cluster, as root: "
                + PrivilegeCommands.of(account).line(need, version) + warning;
    }
}
