package io.github.proxmoxdiscovery.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.sqlite.JDBC;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The file of the ledger: opened, made anew, or moved aside. */
final class LedgerFile {

    private static final String NAME = "ledger.db";
    private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int RADIX = 36;

    /** One page of SQLite. */
    private static final int LEAST_BYTES = 512;

    private final Path file;
    private final Clock clock;
    private final Consumer<String> warning;

    LedgerFile(Path data, Clock clock, Consumer<String> warning) {
        this.file = data.resolve(NAME);
        this.clock = clock;
        this.warning = warning;
    }

    /** It is there, and is no ledger: nothing in it can be trusted. */
    private static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    Ledger open() throws LedgerException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return opened(true);
        } catch (UnreadableException e) {
            return anew(e.getMessage());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    Ledger openExisting() throws LedgerException {
        if (!Files.exists(file)) {
            throw new LedgerException("there is no " + file + ": no run has been written down yet. Do one first,"
                    + " or name the folder of the program that does them (discovery.data)");
        }
        try {
            return opened(false);
        } catch (UnreadableException e) {
            throw new LedgerException(file + " cannot be read: " + e.getMessage());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The ledger that is there, to be read beside the one that is written. */
    Ledger reading() throws LedgerException {
        Properties pragmas = new Properties();
        pragmas.setProperty("query_only", "true");
        pragmas.setProperty("busy_timeout", "10000");
        Connection connection = null;
        try {
            connection = JDBC.createConnection("jdbc:sqlite:" + file, pragmas);
            Database database = Database.reading(connection);
            return new Ledger(database, database.transaction(tables -> meta(tables, "epoch")), clock);
        } catch (SQLException | LedgerException e) {
            closeAfter(connection, e);
            throw new LedgerException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Ledger anew(String why) throws LedgerException {
        String aside = aside();
        try {
            Files.move(file, file.resolveSibling(aside));
            for (String suffix : BESIDE) {
                Path beside = file.resolveSibling(NAME + suffix);
                if (Files.exists(beside)) {
                    Files.move(beside, file.resolveSibling(aside + suffix));
                }
            }
            warning.accept(file + " cannot be read (" + why + "): it is moved to " + aside + ", and a new one is made."
                    + " Every sink is told of every host anew; what vanished meanwhile is not removed there");
            return opened(true);
        } catch (IOException e) {
            throw failure(e);
        } catch (UnreadableException e) {
            throw new LedgerException(file + " cannot be made: " + e.getMessage());
        }
    }

    private String aside() {
        String name = NAME + ".unreadable-" + TIME.format(clock.instant());
        String free = name;
        for (int number = 2; Files.exists(file.resolveSibling(free)); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    private LedgerException failure(IOException cause) {
        return cause instanceof LedgerException ledger
                ? ledger
                : new LedgerException(file + " cannot be used: " + cause, cause);
    }

    private void checkLength() throws UnreadableException, IOException {
        // SQLite would take it for one without anything.
        if (Files.isRegularFile(file) && Files.size(file) > 0 && Files.size(file) < LEAST_BYTES) {
            throw new UnreadableException("it has " + Files.size(file) + " bytes");
        }
    }

    private Ledger opened(boolean migrates) throws IOException, UnreadableException {
        checkLength();
        Connection connection = null;
        try {
            boolean isNew = !Files.exists(file);
            connection = connect();
            if (isNew) {
                makePrivate();
            }
            Database database = new Database(connection);
            String epoch = database.transaction(tables -> epoch(tables, migrates));
            return new Ledger(database, epoch, clock);
        } catch (SQLException e) {
            closeAfter(connection, e);
            throw thrown(e);
        } catch (LedgerException e) {
            closeAfter(connection, e);
            if (e.getCause() instanceof SQLException cause) {
                throw thrown(cause);
            }
            throw e;
        }
    }

    private LedgerException thrown(SQLException cause) throws UnreadableException {
        if (cause instanceof SQLiteException sqlite && isUnreadable(sqlite.getResultCode())) {
            throw new UnreadableException(cause.getMessage());
        }
        if (cause.getCause() instanceof NativeLibraryNotFoundException missing) {
            String folder = System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"));
            return new LedgerException(
                    "SQLite cannot be loaded: it writes its library into " + folder + ", which must be there, be"
                            + " writable, and not be mounted with noexec. Another folder can be named with"
                            + " JAVA_OPTS=-Dorg.sqlite.tmpdir=DIR (" + missing.getMessage() + ")",
                    cause);
        }
        return new LedgerException(file + " cannot be used: " + cause.getMessage(), cause);
    }

    private static boolean isUnreadable(SQLiteErrorCode code) {
        return switch (code) {
            // An error in general is one of what is in the file: what is asked at the opening is always the same.
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CORRUPT_INDEX, SQLITE_FORMAT, SQLITE_ERROR -> true;
            default -> false;
        };
    }

    private static void closeAfter(Connection connection, Exception cause) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Written ahead and flushed with every commit: what was acknowledged survives that the power goes. */
    Connection connect() throws SQLException {
        Properties pragmas = new Properties();
        pragmas.setProperty("journal_mode", "WAL");
        pragmas.setProperty("synchronous", "FULL");
        pragmas.setProperty("busy_timeout", "10000");
        return JDBC.createConnection("jdbc:sqlite:" + file, pragmas);
    }

    private void makePrivate() throws LedgerException {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** @param migrates whether an older ledger may be made one of this version: not beside a program that runs */
    private String epoch(Database tables, boolean migrates) throws SQLException {
        if (tables.number("SELECT COUNT(*) FROM sqlite_master") == 0) {
            Schema.create(tables, newEpoch());
        }
        String check = tables.find("PRAGMA integrity_check(1)", row -> row.getString(1))
                .orElse("says nothing");
        if (!"ok".equals(check)) {
            throw new SQLiteException(check, SQLiteErrorCode.SQLITE_CORRUPT);
        }
        String version = version(tables);
        if (migrates) {
            Schema.migrate(tables, version);
        }
        String epoch = meta(tables, "epoch");
        // Whether it can be written is to be known now, not after the first run.
        tables.update("UPDATE meta SET value = ? WHERE name = 'epoch'", epoch);
        return epoch;
    }

    /** The version of a ledger that can be used. */
    private static String version(Database tables) throws SQLException {
        if (tables.number("SELECT COUNT(*) FROM sqlite_master WHERE name = 'meta'") == 0) {
            throw new SQLiteException("it is no ledger", SQLiteErrorCode.SQLITE_CORRUPT);
        }
        String version = meta(tables, "version");
        if (!Schema.isKnown(version)) {
            throw new SQLException("it has version " + version + ", and this program knows version " + Schema.VERSION
                    + ": use the program that wrote it, or move the file away");
        }
        if (!Schema.is(tables, version)) {
            throw new SQLiteException("its tables are not those of a ledger", SQLiteErrorCode.SQLITE_CORRUPT);
        }
        return version;
    }

    private static String meta(Database tables, String name) throws SQLException {
        Optional<String> value = tables.find("SELECT value FROM meta WHERE name = ?", row -> row.getString(1), name);
        return value.orElseThrow(() -> new SQLiteException("it has no " + name, SQLiteErrorCode.SQLITE_CORRUPT));
    }

    private String newEpoch() {
        String random = Long.toString(new SecureRandom().nextLong(1L << 30), RADIX);
        return Long.toString(clock.millis(), RADIX) + "0".repeat(6 - random.length()) + random;
    }
}
