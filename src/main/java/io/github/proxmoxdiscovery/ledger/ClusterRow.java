package io.github.proxmoxdiscovery.ledger;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger has of a cluster.
 *
 * @param permissions what the login might do at the last full run, or null
 * @param settings how it was looked at then
 * @param completeAt when a full run last missed nothing, milliseconds, or null
 */
record ClusterRow(
        @Nullable String permissions,
        @Nullable String settings,
        @Nullable Long completeAt) {

    static Optional<ClusterRow> find(Database database, String cluster) throws SQLException {
        return database.find(
                "SELECT permissions, settings, complete_at FROM cluster WHERE name = ?",
                row -> {
                    long completeAt = row.getLong(3);
                    boolean never = row.wasNull();
                    return new ClusterRow(row.getString(1), row.getString(2), never ? null : completeAt);
                },
                cluster);
    }

    static void write(Database database, Observation seen) throws SQLException {
        database.update("INSERT INTO cluster (name) VALUES (?) ON CONFLICT (name) DO NOTHING", seen.cluster());
        if (seen.full() && seen.complete()) {
            database.update(
                    "UPDATE cluster SET permissions = ?, settings = ?, complete_at = ? WHERE name = ?",
                    seen.permissions(),
                    seen.settings(),
                    seen.at().toEpochMilli(),
                    seen.cluster());
        }
    }
}
