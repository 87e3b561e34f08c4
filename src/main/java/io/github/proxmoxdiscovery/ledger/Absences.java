package io.github.proxmoxdiscovery.ledger;

import io.github.proxmoxdiscovery.ledger.KnownHost.Held;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a full run tells of the hosts that it did not see: nothing, or one look more towards their removal. */
final class Absences {

    private final Database database;
    private final Observation seen;
    private final RemovalRules rules;
    private final Revisions revisions;
    private int removed;
    private int missing;
    private int held;
    private @Nullable String holdReason;

    Absences(Database database, Observation seen, RemovalRules rules, Revisions revisions) {
        this.database = database;
        this.seen = seen;
        this.rules = rules;
        this.revisions = revisions;
    }

    /** @param known all hosts of the cluster as they were before the run */
    void tell(Collection<KnownHost> known, List<KnownHost> absent) throws SQLException {
        if (!seen.complete()) {
            countAnew(absent);
            return;
        }
        missing = absent.size();
        String distrust = distrust();
        List<KnownHost> unconfirmed =
                absent.stream().filter(host -> host.held() != Held.CONFIRMED).toList();
        long there =
                known.stream().filter(host -> host.state() != HostState.REMOVED).count();
        holdReason = distrust;
        if (distrust == null && rules.isMass(unconfirmed.size(), (int) there)) {
            holdReason = unconfirmed.size() + " of " + there + " hosts are not found any more, which is more than "
                    + rules.maxPercent() + " %";
        }
        for (KnownHost host : absent) {
            missed(host, distrust != null);
        }
        if (held == 0) {
            holdReason = null;
        } else if (holdReason == null) {
            holdReason = "they were held back before, and nobody has confirmed them";
        }
    }

    /** They may have been there, unseen. */
    private void countAnew(List<KnownHost> absent) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        absent.forEach(host -> rows.add(new @Nullable Object[] {host.number()}));
        database.all("UPDATE host SET missing = 0, stale = 1 WHERE number = ?", rows);
    }

    /** Why what this run did not find may exist all the same, or null. */
    private @Nullable String distrust() throws SQLException {
        ClusterRow before = ClusterRow.find(database, seen.cluster()).orElse(null);
        if (before == null || before.completeAt() == null) {
            return "it is the first complete look at the cluster";
        }
        if (!Objects.equals(before.settings(), seen.settings())) {
            return "the settings of the cluster are not those of the last complete look";
        }
        if (!Objects.equals(before.permissions(), seen.permissions())) {
            return "what the login may see is not the same as at the last complete look";
        }
        return null;
    }

    private void missed(KnownHost host, boolean anew) throws SQLException {
        boolean confirmed = host.held() == Held.CONFIRMED && !anew;
        boolean holds = !confirmed && (holdReason != null || host.held() != Held.NO);
        int looks = anew ? 1 : host.missing() + 1;
        if (looks >= rules.looks(holds)) {
            boolean guestRead = seen.guests().contains(host.guest());
            revisions.leave(host, HostState.REMOVED, guestRead ? "interface_gone" : "guest_gone");
            removed++;
            return;
        }
        held += holds ? 1 : 0;
        Held now = holds ? Held.YES : confirmed ? Held.CONFIRMED : Held.NO;
        database.update(
                "UPDATE host SET missing = ?, held = ?, stale = 1 WHERE number = ?",
                looks,
                now.ordinal(),
                host.number());
    }

    int removed() {
        return removed;
    }

    int missing() {
        return missing;
    }

    int held() {
        return held;
    }

    @Nullable
    String holdReason() {
        return holdReason;
    }
}
