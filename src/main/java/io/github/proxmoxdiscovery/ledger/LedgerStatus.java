package io.github.proxmoxdiscovery.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How many hosts there are, and how many of them the sinks have: to be shown to an operator. */
public final class LedgerStatus {

    private static final String CLUSTERS = "SELECT c.name, c.complete_at,"
            + " COUNT(CASE WHEN h.state = 'present' THEN 1 END),"
            + " COUNT(CASE WHEN h.state <> 'removed' AND h.missing > 0 THEN 1 END),"
            + " COUNT(CASE WHEN h.held = 1 THEN 1 END)"
            + " FROM cluster c LEFT JOIN host h ON h.cluster = c.name";

    private static final String GROUPS = " GROUP BY c.name, c.complete_at ORDER BY c.name";

    private final Database database;

    LedgerStatus(Database database) {
        this.database = database;
    }

    /**
     * What the ledger has of a cluster.
     *
     * @param present hosts that are there, as far as is known
     * @param missing hosts that were not found by the last complete looks, and are not removed yet
     * @param held those of them whose removal is held back
     * @param completeAt when a full run last missed nothing; empty if that never was, or does not count any more
     */
    public record OfCluster(String name, long present, long missing, long held, Optional<Instant> completeAt) {

        static OfCluster of(ResultSet row) throws SQLException {
            long completeAt = row.getLong(2);
            Optional<Instant> at = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(completeAt));
            return new OfCluster(row.getString(1), row.getLong(3), row.getLong(4), row.getLong(5), at);
        }
    }

    /** All clusters that were ever looked at, by their names. */
    public List<OfCluster> clusters() throws LedgerException {
        return database.transaction(tables -> tables.list(CLUSTERS + GROUPS, OfCluster::of));
    }

    /** One of them; empty if it was never looked at. */
    public Optional<OfCluster> of(String cluster) throws LedgerException {
        return database.transaction(
                tables -> tables.find(CLUSTERS + " WHERE c.name = ?" + GROUPS, OfCluster::of, cluster));
    }

    /** How many hosts a sink has, and believes to be there. */
    public long has(String sink) throws LedgerException {
        return database.transaction(tables ->
                tables.number("SELECT COUNT(*) FROM acknowledged WHERE sink = ? AND state = 'present'", sink));
    }
}
