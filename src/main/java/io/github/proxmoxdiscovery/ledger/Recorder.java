package io.github.proxmoxdiscovery.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.ledger.Observation.ObservedHost;
import io.github.proxmoxdiscovery.ledger.Recorded.RecordedHost;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what one run saw of a cluster into the ledger, in one transaction: made for one run, and used once. */
final class Recorder {

    private static final int FEW = 50;

    private final Database database;
    private final Observation seen;
    private final ChangeRules rules;
    private final Changes changes;
    private final Revisions revisions;
    private final Generations generations;
    private final Map<String, KnownHost> known = new HashMap<>();
    private final Map<String, RecordedHost> hosts = new LinkedHashMap<>();
    private final List<@Nullable Object[]> created = new ArrayList<>();
    private final List<@Nullable Object[]> found = new ArrayList<>();
    private final List<@Nullable Object[]> ofAnother = new ArrayList<>();
    private long nextNumber;
    private int discovered;
    private int updated;
    private int excluded;

    Recorder(Database database, Observation seen, ChangeRules rules) throws SQLException {
        this.database = database;
        this.seen = seen;
        this.rules = rules;
        this.changes = new Changes(seen);
        this.revisions = new Revisions(database, seen, changes);
        this.generations = new Generations(database, seen);
        this.nextNumber = database.number("SELECT COALESCE(MAX(number), 0) FROM host") + 1;
        read();
    }

    /** A run that looked at a few guests needs to know only of these. */
    private void read() throws SQLException {
        String ofCluster = KnownHost.COLUMNS + " WHERE h.cluster = ?";
        Set<String> guests = new HashSet<>(seen.excluded());
        seen.hosts().forEach(host -> guests.add(host.guest()));
        List<KnownHost> hosts = new ArrayList<>();
        if (seen.full() || guests.size() > FEW) {
            hosts.addAll(database.list(ofCluster, KnownHost::of, seen.cluster()));
        } else {
            List<@Nullable Object> values = new ArrayList<>(List.of(seen.cluster()));
            values.addAll(guests);
            values.addAll(Collections.nCopies(FEW - guests.size(), null));
            String ofGuests = " AND h.guest IN (" + String.join(", ", Collections.nCopies(FEW, "?")) + ")";
            hosts.addAll(database.list(ofCluster + ofGuests, KnownHost::of, values.toArray()));
            // A route file may give a host the id that another guest's host had.
            for (ObservedHost host : seen.hosts()) {
                hosts.addAll(database.list(ofCluster + " AND h.id = ?", KnownHost::of, seen.cluster(), host.id()));
            }
        }
        hosts.forEach(host -> known.put(host.id(), host));
    }

    Recorded record(RemovalRules removal) throws SQLException {
        sawAll();
        exclude();
        generations.write();
        writeHosts();
        Absences absences = new Absences(database, seen, removal, revisions);
        if (seen.full()) {
            absences.tell(known.values(), absent());
        }
        revisions.write();
        ClusterRow.write(database, seen);
        raiseVersion(absences.removed());
        return new Recorded(
                List.copyOf(hosts.values()),
                discovered,
                updated,
                absences.removed(),
                excluded,
                absences.missing(),
                absences.held(),
                absences.holdReason(),
                changes.events(),
                changes.all());
    }

    private void sawAll() throws SQLException {
        for (ObservedHost host : seen.hosts()) {
            // A route file may give two hosts one id: the first one has it.
            if (!hosts.containsKey(host.id())) {
                saw(host);
            }
        }
    }

    private void raiseVersion(int removed) throws SQLException {
        StateVersion.saw(database);
        if (discovered + updated + removed + excluded > 0) {
            StateVersion.changed(database);
        }
    }

    private void writeHosts() throws SQLException {
        database.all("INSERT INTO host VALUES (?, ?, ?, ?, ?, ?, 1, 0, 0, 0, ?)", created);
        database.all("UPDATE host SET observed_at = ?, missing = 0, held = 0, stale = 0 WHERE number = ?", found);
        database.all("UPDATE host SET guest = ? WHERE number = ?", ofAnother);
    }

    private List<KnownHost> absent() {
        return known.values().stream()
                .filter(host -> host.state() != HostState.REMOVED)
                .filter(host -> !hosts.containsKey(host.id()))
                .filter(host -> !seen.excluded().contains(host.guest()))
                .toList();
    }

    private void saw(ObservedHost host) throws SQLException {
        KnownHost before = known.get(host.id());
        long generation = generations.of(host);
        Content content = content(host, before, generation);
        long revision = before == null ? 1 : again(before, generation, content.hash());
        long number = before == null ? nextNumber++ : before.number();
        if (before == null || revision != before.revision()) {
            revisions.add(number, revision, content.hash(), null, content.body());
            tell(number, host.id(), before, generation, revision, content.body());
        }
        if (before == null) {
            discover(number, host, generation, content.observedAt());
        } else {
            found.add(new @Nullable Object[] {content.observedAt(), number});
            if (!before.guest().equals(host.guest())) {
                ofAnother.add(new @Nullable Object[] {host.guest(), number});
            }
        }
        String numbered = Numbered.body(host.body(), generation, revision);
        hosts.put(host.id(), new RecordedHost(number, host.id(), generation, revision, numbered));
    }

    private void tell(long number, String id, @Nullable KnownHost before, long generation, long revision, String body)
            throws SQLException {
        if (!changes.takes()) {
            return;
        }
        if (before == null || !before.isPresent() || before.generation() != generation) {
            changes.discovered(number, id, generation, revision, body);
        } else {
            changes.updated(before, revision, body, rules.changes(revisions.body(before), body));
        }
    }

    private record Content(
            String body, String hash, @Nullable String observedAt) {}

    private Content content(ObservedHost host, @Nullable KnownHost before, long generation) throws SQLException {
        ObjectNode tree = ChangeRules.tree(host.body());
        String hash = rules.hash(tree, host.body());
        if (tree == null) {
            return new Content(host.body(), hash, null);
        }
        String observedAt = tree.path("observed_at").asText(null);
        boolean differs = before != null
                && before.state() != HostState.REMOVED
                && before.generation() == generation
                && !hash.equals(before.hash());
        ObjectNode old = differs ? ChangeRules.tree(revisions.body(before)) : null;
        if (old == null) {
            return new Content(host.body(), hash, observedAt);
        }
        if (!LastKnown.fillIn(old, tree)) {
            return new Content(host.body(), sameAs(before, old, hash), observedAt);
        }
        return new Content(tree.toString(), sameAs(before, old, rules.hash(tree, host.body())), observedAt);
    }

    /** The hash that is known, if the content differs from what is known only by rules that were others then. */
    private String sameAs(KnownHost before, ObjectNode old, String hash) {
        String known = before.hash();
        if (!before.isPresent() || known == null || !hash.equals(rules.hash(old, ""))) {
            return hash;
        }
        revisions.rehash(before, hash);
        return known;
    }

    private void discover(long number, ObservedHost host, long generation, @Nullable String observedAt) {
        discovered++;
        created.add(new @Nullable Object[] {
            number, seen.cluster(), host.id(), host.guest(), HostState.PRESENT.text(), generation, observedAt
        });
    }

    /** The revision of a host that was known before: a new one if anything of it is different. */
    private long again(KnownHost before, long generation, String hash) throws SQLException {
        boolean otherGuest = before.generation() != generation;
        if (before.isPresent() && !otherGuest && hash.equals(before.hash())) {
            return before.revision();
        }
        if (otherGuest || !before.isPresent()) {
            discovered++;
        } else {
            updated++;
        }
        long revision = before.revision() + 1;
        if (otherGuest) {
            // The end of the guest that had the number before is a revision of its own.
            revisions.end(before, revision);
            revision++;
        }
        revisions.set(before, HostState.PRESENT, generation, revision);
        return revision;
    }

    private void exclude() throws SQLException {
        List<@Nullable Object[]> there = new ArrayList<>();
        for (KnownHost host : known.values()) {
            if (!seen.excluded().contains(host.guest()) || hosts.containsKey(host.id())) {
                continue;
            }
            if (host.isPresent()) {
                excluded++;
                revisions.leave(host, HostState.EXCLUDED, "filtered");
            } else if (host.isMissed()) {
                there.add(new @Nullable Object[] {host.number()});
            }
        }
        database.all("UPDATE host SET missing = 0, held = 0, stale = 0 WHERE number = ?", there);
    }
}
