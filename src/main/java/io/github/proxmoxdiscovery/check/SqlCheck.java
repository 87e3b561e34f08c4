package io.github.proxmoxdiscovery.check;

import io.github.proxmoxdiscovery.client.DatabaseLogin;
import io.github.proxmoxdiscovery.client.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Looks whether the database of the sink sql is reached and has the table; writes nothing. */
public final class SqlCheck {

    private SqlCheck() {}

    /**
     * What is found.
     *
     * @param address of the database
     * @param table as it is configured
     */
    public static List<Finding> of(String sink, DatabaseLogin login, String address, String table) {
        try (Connection connection = login.connect()) {
            return List.of(Finding.ok(sink, "address", address + ": logged in"), table(sink, connection, table));
        } catch (SQLException e) {
            return List.of(
                    Finding.fail(
                            sink,
                            "address",
                            address + ": " + SqlState.words(e),
                            SqlState.of(e) == SqlState.REFUSED
                                    ? "Check sink.sql.username and sink.sql.password, and what the database lets this"
                                            + " machine do."
                                    : "Check sink.sql.url, the firewall on the way, that the database runs, and that its"
                                            + " driver was added.",
                            List.of()),
                    Finding.skip(sink, "table", table + " was not looked for"));
        }
    }

    private static Finding table(String sink, Connection connection, String table) {
        String columns = "id, epoch, generation, revision, event, event_time, host";
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("SELECT " + columns + " FROM " + table + " WHERE false")
                    .close();
            return Finding.ok(sink, "table", table + " is there; whether it may be written is not tried");
        } catch (SQLException e) {
            return Finding.fail(
                    sink,
                    "table",
                    table + ": " + SqlState.words(e),
                    "Make the table as the owner of the database, and let the user of sink.sql.username read and write"
                            + " it:",
                    List.of("psql --file=config/examples/hosts.sql"));
        }
    }
}
