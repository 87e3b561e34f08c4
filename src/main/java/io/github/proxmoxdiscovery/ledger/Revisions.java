package io.github.proxmoxdiscovery.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the revisions that one run makes, and lets those go that nobody has any more. */
final class Revisions {

    private static final String INSERT = "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String FREE = "DELETE FROM revision WHERE host = ? AND revision < ? AND NOT EXISTS (SELECT 1"
            + " FROM acknowledged a WHERE a.host = revision.host"
            + " AND (a.revision = revision.revision OR a.offered = revision.revision))";

    /** A route file may give two guests one id: then each of them ends again and again. */
    private static final String END = "INSERT INTO ended VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (host, generation) DO"
            + " UPDATE SET revision = excluded.revision, at = excluded.at, run = excluded.run, body = excluded.body";

    /** The end of a guest that no sink has, or may have. */
    private static final String FREE_ENDED = "DELETE FROM ended WHERE host = ? AND generation < ? AND NOT EXISTS"
            + " (SELECT 1 FROM acknowledged a WHERE a.host = ended.host"
            + " AND (a.generation = ended.generation OR a.offered_generation = ended.generation))";

    private final Database database;
    private final Observation seen;
    private final Changes changes;
    private final List<@Nullable Object[]> added = new ArrayList<>();
    private final List<@Nullable Object[]> superseded = new ArrayList<>();
    private final List<@Nullable Object[]> rehashed = new ArrayList<>();

    Revisions(Database database, Observation seen, Changes changes) {
        this.database = database;
        this.seen = seen;
        this.changes = changes;
    }

    void add(long number, long revision, String hash, @Nullable String reason, String body) {
        added.add(new @Nullable Object[] {number, revision, hash, seen.at().toEpochMilli(), seen.run(), reason, body});
        if (revision > 1) {
            superseded.add(new @Nullable Object[] {number, revision});
        }
    }

    /** What makes a difference is not what it was, and with that the hash of the same content. */
    void rehash(KnownHost host, String hash) {
        rehashed.add(new @Nullable Object[] {hash, host.number(), host.revision()});
    }

    String body(KnownHost host) throws SQLException {
        return database.find(
                        "SELECT body FROM revision WHERE host = ? AND revision = ?",
                        row -> row.getString(1),
                        host.number(),
                        host.revision())
                .orElse("");
    }

    void set(KnownHost host, HostState state, long generation, long revision) throws SQLException {
        database.update(
                "UPDATE host SET state = ?, generation = ?, revision = ?, missing = 0, held = 0, stale = 0"
                        + " WHERE number = ?",
                state.text(),
                generation,
                revision,
                host.number());
    }

    /** The host is not there for the sinks any more; what it was last stays known. */
    void leave(KnownHost host, HostState state, String reason) throws SQLException {
        long revision = host.revision() + 1;
        String body = body(host);
        add(host.number(), revision, "", reason, body);
        if (changes.takes()) {
            EventType type = state == HostState.REMOVED ? EventType.REMOVED : EventType.EXCLUDED;
            changes.left(host, type, revision, reason, body);
        }
        set(host, state, host.generation(), revision);
    }

    /** The guest that had the number is replaced by another one. */
    void end(KnownHost host, long revision) throws SQLException {
        String body = body(host);
        database.update(
                END, host.number(), host.generation(), revision, seen.at().toEpochMilli(), seen.run(), body);
        if (changes.takes()) {
            changes.left(host, EventType.REMOVED, revision, Event.REPLACED, body);
        }
        database.update(FREE_ENDED, host.number(), host.generation());
    }

    void write() throws SQLException {
        database.all(INSERT, added);
        database.all(FREE, superseded);
        database.all("UPDATE revision SET hash = ? WHERE host = ? AND revision = ?", rehashed);
        unpark();
    }

    /** There is something new to be told of these. */
    private void unpark() throws SQLException {
        if (database.number("SELECT COUNT(*) FROM parked") > 0) {
            List<@Nullable Object[]> hosts = new ArrayList<>();
            superseded.forEach(row -> hosts.add(new @Nullable Object[] {row[0]}));
            database.all("DELETE FROM parked WHERE host = ?", hosts);
        }
    }

    static void free(Database database, List<@Nullable Object[]> hosts) throws SQLException {
        database.all(FREE, hosts);
    }
}
