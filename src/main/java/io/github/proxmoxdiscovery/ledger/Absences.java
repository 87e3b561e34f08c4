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
    private int hidden;
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
            notSeen(absent);
            return;
        }
        List<KnownHost> unseen = absent.stream()
                .filter(host -> seen.hidden().contains(host.guest()))
                .toList();
        List<KnownHost> gone = absent.stream()
                .filter(host -> !seen.hidden().contains(host.guest()))
                .toList();
        missing = absent.size();
        for (KnownHost host : unseen) {
            hidden(host);
        }
        notFound(known, gone);
        if (held == 0) {
            holdReason = null;
        } else if (holdReason == null) {
            holdReason = hidden > 0
                    ? hidden + " of them exist, but cannot be seen any more with the privileges that there are"
                    : "they were held back before, and nobody has confirmed them";
        }
    }

    /** It exists: however often it is not found, only the operator lets it go. */
    private void hidden(KnownHost host) throws SQLException {
        if (host.held() == Held.CONFIRMED) {
            revisions.leave(host, HostState.REMOVED, "hidden");
            removed++;
            return;
        }
        hidden++;
        held++;
        database.update(
                "UPDATE host SET missing = 0, held = ?, stale = 1 WHERE number = ?", Held.YES.ordinal(), host.number());
    }

    private void notFound(Collection<KnownHost> known, List<KnownHost> absent) throws SQLException {
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
    }

    /** It may have been there, unseen: its looks are counted anew, unless its end was confirmed. */
    private void notSeen(List<KnownHost> absent) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        absent.forEach(host -> rows.add(new @Nullable Object[] {host.number()}));
        database.all(
                "UPDATE host SET missing = CASE WHEN held = 2 THEN missing ELSE 0 END, stale = 1 WHERE number = ?",
                rows);
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
        // Whoever confirmed it does not ask any more whether it is there.
        boolean unasked = !confirmed && seen.unasked().contains(host.guest());
        int looks = (anew ? 0 : host.missing()) + (unasked ? 0 : 1);
        if (!unasked && looks >= rules.looks(holds)) {
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
