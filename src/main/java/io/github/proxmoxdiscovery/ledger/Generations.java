package io.github.proxmoxdiscovery.ledger;

import io.github.proxmoxdiscovery.ledger.Observation.ObservedHost;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which guest with its number a guest is: the first, the second that was given the number … A guest without a UUID,
 * as containers are, is taken for the one that had the number before.
 */
final class Generations {

    private record Generation(String uuid, long number) {}

    private final Database database;
    private final String cluster;
    private final Map<String, Generation> known = new HashMap<>();
    private final List<@Nullable Object[]> changed = new ArrayList<>();

    Generations(Database database, Observation seen) throws SQLException {
        this.database = database;
        this.cluster = seen.cluster();
        database.list(
                        "SELECT guest, uuid, generation FROM guest WHERE cluster = ?",
                        row -> Map.entry(row.getString(1), new Generation(row.getString(2), row.getLong(3))),
                        cluster)
                .forEach(guest -> known.put(guest.getKey(), guest.getValue()));
    }

    long of(ObservedHost host) {
        Generation before = known.get(host.guest());
        String uuid = host.uuid();
        if (uuid == null || before != null && uuid.equals(before.uuid())) {
            return before == null ? 1 : before.number();
        }
        Generation now = new Generation(uuid, before == null ? 1 : before.number() + 1);
        known.put(host.guest(), now);
        changed.add(new @Nullable Object[] {cluster, host.guest(), uuid, now.number()});
        return now.number();
    }

    void write() throws SQLException {
        database.all(
                "INSERT INTO guest VALUES (?, ?, ?, ?) ON CONFLICT (cluster, guest)"
                        + " DO UPDATE SET uuid = excluded.uuid, generation = excluded.generation",
                changed);
    }
}
