package io.github.proxmoxdiscovery.ledger;

import java.sql.SQLException;

/**
 * How often what is known changed since the ledger was made. It is another one whenever anything that is told of hosts
 * is, also after a restart.
 *
 * @param seen raised by everything that a run writes down, such as when a host was last seen
 * @param changed raised only when a host is new, different or gone
 */
public record StateVersion(long seen, long changed) {

    private static final String RAISE =
            "UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) WHERE name = ?";

    static void create(Database tables) throws SQLException {
        tables.update("INSERT INTO meta VALUES ('seen', '0')");
        tables.update("INSERT INTO meta VALUES ('changed', '0')");
    }

    static void saw(Database tables) throws SQLException {
        tables.update(RAISE, "seen");
    }

    static void changed(Database tables) throws SQLException {
        tables.update(RAISE, "changed");
    }

    static StateVersion of(Database tables) throws SQLException {
        return new StateVersion(number(tables, "seen"), number(tables, "changed"));
    }

    private static long number(Database tables, String name) throws SQLException {
        return tables.number("SELECT CAST(value AS BIGINT) FROM meta WHERE name = ?", name);
    }
}
