package io.github.proxmoxdiscovery.ledger;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every host, and what each sink has of it, in {@code ledger.db}. Each change is on disk, whole, when
 * its method returns.
 */
public final class Ledger implements AutoCloseable {

    private final Database database;
    private final String epoch;
    private final Clock clock;

    Ledger(Database database, String epoch, Clock clock) {
        this.database = database;
        this.epoch = epoch;
        this.clock = clock;
    }

    /**
     * Opens the ledger of a folder, or makes a new one. One that cannot be read is moved aside, and said.
     *
     * @param warning is told what was moved aside
     * @throws LedgerException when it cannot be used, or was written by a newer version
     */
    public static Ledger open(Path data, Clock clock, Consumer<String> warning) throws LedgerException {
        return new LedgerFile(data, clock, warning).open();
    }

    /**
     * Opens the ledger of a folder for a command beside the program that works on it.
     *
     * @throws LedgerException when there is none, too
     */
    public static Ledger openExisting(Path data, Clock clock) throws LedgerException {
        return new LedgerFile(data, clock, moved -> {}).openExisting();
    }

    /**
     * Opens the ledger of a folder once more, in the program that writes it: to be read only, and without waiting for
     * what is written meanwhile, nor being waited for.
     *
     * @throws LedgerException when it cannot be read
     */
    public static Ledger reading(Path data, Clock clock) throws LedgerException {
        return new LedgerFile(data, clock, moved -> {}).reading();
    }

    /** What tells this ledger from any other that was or will be there: later ones sort after earlier ones. */
    public String epoch() {
        return epoch;
    }

    /** Writes down what a run saw. */
    public Recorded record(Observation seen, ChangeRules changes, RemovalRules rules) throws LedgerException {
        if (!seen.full() && seen.hosts().isEmpty() && seen.excluded().isEmpty()) {
            return Recorded.NOTHING;
        }
        return database.transaction(tables -> new Recorder(tables, seen, changes).record(rules));
    }

    /** What a sink has. */
    public SinkLedger sink(String name, boolean all, boolean wantsExcluded, ChangeRules changes) {
        return new SinkLedger(database, name, all, wantsExcluded, changes, clock);
    }

    /** What was stored to tell the cluster from another one at its address. */
    public Optional<String> identity(String cluster) throws LedgerException {
        return database.transaction(tables -> tables.find(
                        "SELECT COALESCE(identity, '') FROM cluster WHERE name = ?", row -> row.getString(1), cluster))
                .filter(identity -> !identity.isEmpty());
    }

    /** @param identity null to take the cluster that is there next for the right one */
    public void identity(String cluster, @Nullable String identity) throws LedgerException {
        database.transaction(tables -> tables.update(
                "INSERT INTO cluster (name, identity) VALUES (?, ?) ON CONFLICT (name)"
                        + " DO UPDATE SET identity = excluded.identity",
                cluster,
                identity));
    }

    /** The next complete look at the cluster removes nothing: what is behind its address may be another one. */
    public void distrust(String cluster) throws LedgerException {
        database.transaction(tables -> tables.update("UPDATE cluster SET complete_at = NULL WHERE name = ?", cluster));
    }

    /**
     * The guests of a cluster that have hosts which are not removed, as {@code qemu/101}; those last whose removal is
     * held back.
     */
    public List<String> guests(String cluster) throws LedgerException {
        return database.transaction(tables -> tables.list(
                "SELECT guest FROM host WHERE cluster = ? AND state <> 'removed' GROUP BY guest"
                        + " ORDER BY MAX(held), guest",
                row -> row.getString(1),
                cluster));
    }

    /**
     * Whether a full run of the cluster ever missed nothing, also if that one does not count any more for removals. What
     * is known of its hosts is all there is, as far as was ever seen.
     */
    public boolean wasEverLookedAtWholly(String cluster) throws LedgerException {
        // A complete look writes down its settings, and nothing takes them away again.
        return database.transaction(tables ->
                tables.number("SELECT COUNT(*) FROM cluster WHERE name = ? AND settings IS NOT NULL", cluster) > 0);
    }

    /** Whether a full run of the cluster ever missed nothing, and that counts. */
    public boolean wasLookedAtWholly(String cluster) throws LedgerException {
        return database.transaction(tables ->
                tables.number("SELECT COUNT(*) FROM cluster WHERE name = ? AND complete_at IS NOT NULL", cluster) > 0);
    }

    /** What is told of the hosts of a cluster that are there, as far as is known, in the order of their ids. */
    public void forEachPresent(String cluster, Consumer<PresentHost> consumer) throws LedgerException {
        String after = "";
        while (true) {
            List<PresentHost> page = present(cluster, after);
            page.forEach(consumer);
            if (page.size() < PresentHost.PAGE) {
                return;
            }
            after = page.get(page.size() - 1).id();
        }
    }

    /** The next of these after an id, in the order of the ids; less than a whole page only at the end. */
    public List<PresentHost> present(String cluster, String after) throws LedgerException {
        return database.transaction(
                tables -> tables.list(PresentHost.SELECT, PresentHost::of, cluster, after, PresentHost.PAGE));
    }

    /** A host that is there, as far as is known. */
    public Optional<PresentHost> presentHost(String cluster, String id) throws LedgerException {
        return database.transaction(tables -> tables.find(PresentHost.SELECT_ONE, PresentHost::of, cluster, id));
    }

    /** Which state this is. */
    public StateVersion version() throws LedgerException {
        return database.transaction(StateVersion::of);
    }

    /** The last runs. */
    public RunHistory runs() {
        return new RunHistory(database);
    }

    /** The hosts of a cluster whose removal is held back. */
    public List<String> held(String cluster) throws LedgerException {
        return database.transaction(tables -> tables.list(
                "SELECT id FROM host WHERE held = 1 AND cluster = ? ORDER BY id", row -> row.getString(1), cluster));
    }

    /** Lets removals go that are held back: the next complete look that does not find these hosts removes them. */
    public int confirmRemovals(String cluster) throws LedgerException {
        return database.transaction(tables ->
                tables.update("UPDATE host SET held = 2, missing = 1000 WHERE held = 1 AND cluster = ?", cluster));
    }

    /** The sink is to be told of every host once more. */
    public int resync(String sink) throws LedgerException {
        return database.transaction(tables -> {
            tables.update("DELETE FROM parked WHERE sink = ?", sink);
            return tables.update("UPDATE acknowledged SET again = 1 WHERE sink = ? AND state = 'present'", sink);
        });
    }

    /** What the sinks rejected and is not yet taken. */
    public List<Parked> parked() throws LedgerException {
        return database.transaction(tables -> tables.list(
                "SELECT p.sink, h.id, p.answer, p.times, p.due FROM parked p JOIN host h ON h.number = p.host"
                        + " ORDER BY p.sink, h.id",
                row -> new Parked(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        Instant.ofEpochMilli(row.getLong(5)))));
    }

    /** What can be counted in it. */
    public LedgerStatus status() {
        return new LedgerStatus(database);
    }

    @Override
    public void close() throws LedgerException {
        try {
            database.close();
        } catch (SQLException e) {
            throw new LedgerException("the ledger cannot be closed: " + e.getMessage(), e);
        }
    }
}
