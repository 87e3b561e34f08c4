package io.github.proxmoxdiscovery.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The last runs of each cluster. */
public final class RunHistory {

    /** So many of a cluster are remembered. */
    public static final int MOST = 100;

    private static final String COLUMNS = "SELECT cluster, run, at, kind, report, changes FROM run";
    private static final String FULL = "full";

    private final Database database;

    RunHistory(Database database) {
        this.database = database;
    }

    /** Remembers a run, and forgets the oldest ones of its cluster, but for its last full one. */
    public void keep(KeptRun run) throws LedgerException {
        database.transaction(tables -> {
            tables.update(
                    "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (cluster, run) DO NOTHING",
                    run.cluster(),
                    run.run(),
                    run.at().toEpochMilli(),
                    run.full() ? FULL : "quick",
                    run.report(),
                    run.changes());
            StateVersion.saw(tables);
            return tables.update(
                    "DELETE FROM run WHERE cluster = ? AND run NOT IN (SELECT run FROM run WHERE cluster = ?"
                            + " ORDER BY at DESC, run DESC LIMIT ?) AND run NOT IN (SELECT run FROM run"
                            + " WHERE cluster = ? AND kind = 'full' ORDER BY at DESC, run DESC LIMIT 1)",
                    run.cluster(),
                    run.cluster(),
                    MOST,
                    run.cluster());
        });
    }

    /** The last runs of a cluster, the newest first. */
    public List<KeptRun> last(String cluster, int most) throws LedgerException {
        return database.transaction(tables -> tables.list(
                COLUMNS + " WHERE cluster = ? ORDER BY at DESC, run DESC LIMIT ?", RunHistory::of, cluster, most));
    }

    /** The last run of a cluster that looked at everything. */
    public Optional<KeptRun> lastFull(String cluster) throws LedgerException {
        return database.transaction(tables -> tables.find(
                COLUMNS + " WHERE cluster = ? AND kind = 'full' ORDER BY at DESC, run DESC LIMIT 1",
                RunHistory::of,
                cluster));
    }

    private static KeptRun of(ResultSet row) throws SQLException {
        return new KeptRun(
                row.getString(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                FULL.equals(row.getString(4)),
                row.getString(5),
                row.getString(6));
    }
}
