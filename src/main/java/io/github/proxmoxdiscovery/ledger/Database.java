package io.github.proxmoxdiscovery.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection, used by one thread at a time, in whole transactions. */
final class Database implements AutoCloseable {

    private final Connection connection;
    private final String begin;

    /** To compile one takes longer than to execute it; there are some dozens, all of them ours. */
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Database(Connection connection) {
        // Locked from the start: one that reads first would not wait for another process when it writes, but fail.
        this(connection, "BEGIN IMMEDIATE");
    }

    private Database(Connection connection, String begin) {
        this.connection = connection;
        this.begin = begin;
    }

    /** Over a connection that only reads: what it reads in a transaction is of one moment, and nobody waits for it. */
    static Database reading(Connection connection) {
        return new Database(connection, "BEGIN");
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work<T> {
        T in(Database database) throws SQLException;
    }

    /** Makes an object of the row that the result is at. */
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /**
     * Does something whole or not at all.
     *
     * @throws LedgerException when it could not be done; then nothing of it is
     */
    synchronized <T> T transaction(Work<T> work) throws LedgerException {
        try {
            execute(begin);
            T result = work.in(this);
            execute("COMMIT");
            return result;
        } catch (SQLException e) {
            rollback(e);
            throw new LedgerException("the ledger cannot be used: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    private void rollback(Exception cause) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        try (ResultSet result = prepared(sql, values).executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row.of(result));
            }
            return rows;
        }
    }

    <T> Optional<T> find(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        return list(sql, row, values).stream().findFirst();
    }

    long number(String sql, @Nullable Object... values) throws SQLException {
        return find(sql, row -> row.getLong(1), values).orElse(0L);
    }

    int update(String sql, @Nullable Object... values) throws SQLException {
        return prepared(sql, values).executeUpdate();
    }

    /** The same statement once for each of these. */
    void all(String sql, List<@Nullable Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        PreparedStatement statement = prepared(sql);
        for (@Nullable Object[] row : rows) {
            set(statement, row);
            statement.addBatch();
        }
        statement.executeBatch();
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        set(statement, values);
        return statement;
    }

    private static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int index = 0; index < values.length; index++) {
            statement.setObject(index + 1, values[index]);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        connection.close();
    }
}
