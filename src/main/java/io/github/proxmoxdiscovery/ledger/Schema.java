package io.github.proxmoxdiscovery.ledger;

import java.sql.SQLException;
import java.util.List;

/**
 * The tables, in SQL that SQLite and PostgreSQL both read. Times are milliseconds since 1970, UTC.
 *
 * <p>{@code revision} keeps the content of a host as it is, and as some sink has it: each once, however many sinks have
 * it. A host that was removed keeps its row, so that its next revision is a new one.
 *
 * <p>{@code acknowledged} has a row, removed with revision 0, of what was only offered, too. A reply may be lost: what
 * was offered and not answered, the sink may have.
 */
final class Schema {

    /** Raised with every change of the tables. */
    static final int VERSION = 2;

    private static final int BEFORE_RUNS = 1;

    /** Of SQLite alone, which else keeps each row twice: in the order of its writing, and of its key. */
    private static final String IN_KEY_ORDER = " WITHOUT ROWID";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
            "CREATE TABLE cluster (name TEXT PRIMARY KEY, identity TEXT, permissions TEXT, settings TEXT,"
                    + " complete_at BIGINT)",
            "CREATE TABLE guest (cluster TEXT NOT NULL, guest TEXT NOT NULL, uuid TEXT NOT NULL,"
                    + " generation BIGINT NOT NULL, PRIMARY KEY (cluster, guest))",
            "CREATE TABLE host (number INTEGER PRIMARY KEY, cluster TEXT NOT NULL, id TEXT NOT NULL,"
                    + " guest TEXT NOT NULL, state TEXT NOT NULL, generation BIGINT NOT NULL, revision BIGINT NOT NULL,"
                    + " missing INTEGER NOT NULL, held INTEGER NOT NULL, stale INTEGER NOT NULL,"
                    + " observed_at TEXT, UNIQUE (cluster, id))",
            "CREATE TABLE revision (host BIGINT NOT NULL, revision BIGINT NOT NULL, hash TEXT NOT NULL,"
                    + " at BIGINT NOT NULL, run TEXT NOT NULL, reason TEXT, body TEXT NOT NULL,"
                    + " PRIMARY KEY (host, revision))",
            "CREATE TABLE ended (host BIGINT NOT NULL, generation BIGINT NOT NULL, revision BIGINT NOT NULL,"
                    + " at BIGINT NOT NULL, run TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (host, generation))",
            "CREATE TABLE acknowledged (sink TEXT NOT NULL, host BIGINT NOT NULL, state TEXT NOT NULL,"
                    + " generation BIGINT NOT NULL, revision BIGINT NOT NULL, again INTEGER NOT NULL,"
                    + " offered BIGINT NOT NULL, offered_generation BIGINT NOT NULL, unanswered INTEGER NOT NULL,"
                    + " PRIMARY KEY (host, sink))" + IN_KEY_ORDER,
            "CREATE TABLE parked (sink TEXT NOT NULL, host BIGINT NOT NULL, event TEXT NOT NULL,"
                    + " answer TEXT NOT NULL, times INTEGER NOT NULL, due BIGINT NOT NULL, PRIMARY KEY (host, sink))",
            "CREATE TABLE run (cluster TEXT NOT NULL, run TEXT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL,"
                    + " report TEXT NOT NULL, changes TEXT NOT NULL, PRIMARY KEY (cluster, run))");

    /** Those of version 1 are all but the last. */
    private static final List<String> TABLES_BEFORE_RUNS = TABLES.subList(0, TABLES.size() - 1);

    private Schema() {}

    /** Whether a ledger of this version can be used, or made into one that can. */
    static boolean isKnown(String version) {
        return version.equals(String.valueOf(VERSION)) || isBeforeRuns(version);
    }

    private static boolean isBeforeRuns(String version) {
        return version.equals(String.valueOf(BEFORE_RUNS));
    }

    /** Whether the tables of this version, and no others, are there. */
    static boolean is(Database database, String version) throws SQLException {
        List<String> found = database.list(
                "SELECT sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid", row -> row.getString(1));
        return found.equals(isBeforeRuns(version) ? TABLES_BEFORE_RUNS : TABLES);
    }

    /** Makes the tables of an older version into those of this one; nothing that is known is lost. */
    static void migrate(Database database, String version) throws SQLException {
        if (isBeforeRuns(version)) {
            database.update(TABLES.get(TABLES.size() - 1));
            StateVersion.create(database);
            database.update("UPDATE meta SET value = ? WHERE name = 'version'", String.valueOf(VERSION));
        }
    }

    static void create(Database database, String epoch) throws SQLException {
        for (String table : TABLES) {
            database.update(table);
        }
        database.update("INSERT INTO meta VALUES ('version', ?)", String.valueOf(VERSION));
        database.update("INSERT INTO meta VALUES ('epoch', ?)", epoch);
        StateVersion.create(database);
    }
}
