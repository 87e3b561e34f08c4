package io.github.proxmoxdiscovery.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/** The library of SQLite, which is no Java: it has to be written to a disk before it can be loaded. */
final class SqliteLibrary {

    /** The folder that SQLite writes it into; without it, the one for temporary files. */
    static final String FOLDER_PROPERTY = "org.sqlite.tmpdir";

    /** A program that still uses one of this age does so from memory. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private SqliteLibrary() {}

    /** Sees to it that the library can be loaded: by way of the data folder where the one for temporary files forbids. */
    static void prepare(Path data) throws IOException {
        if (System.getProperty(FOLDER_PROPERTY) == null && !isLoaded()) {
            Path folder = Files.createDirectories(data.resolve("tmp"));
            removeLeftBehind(folder);
            System.setProperty(FOLDER_PROPERTY, folder.toString());
        }
    }

    private static boolean isLoaded() {
        try {
            return SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            // Why is told when the data folder does not help either: the same is tried there.
            return false;
        }
    }

    private static void removeLeftBehind(Path folder) throws IOException {
        Instant latest = Instant.now().minus(LEFT_BEHIND);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(latest)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Where it was tried last. */
    static String place() {
        return System.getProperty(FOLDER_PROPERTY, System.getProperty("java.io.tmpdir"));
    }
}
