package io.github.proxmoxdiscovery.settings;

import java.io.IOException;
import java.io.Serial;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** {@code application.properties}: UTF-8, each key once. */
final class ConfigFile {

    static final String NAME = "application.properties";

    /** What problems with the file itself are said of. */
    private static final String OPTION = "--config";

    private ConfigFile() {}

    /** What stands in the file of a folder; nothing, if there is no such file. */
    static Map<String, String> in(Optional<Path> folder, Problems problems) {
        if (folder.isEmpty()) {
            return Map.of();
        }
        if (!Files.isDirectory(folder.get())) {
            problems.add(OPTION, "there is no folder " + folder.get() + ". Name the folder of " + NAME);
            return Map.of();
        }
        Path file = folder.get().resolve(NAME);
        try {
            return read(file, problems);
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | IllegalArgumentException e) {
            problems.add(file.toString(), "cannot be read (is it UTF-8? are there stray backslashes?): " + e);
            return Map.of();
        }
    }

    /** What to say when something is wrong and the file that would have set it right is not there. */
    static Optional<Problem> missing(Optional<Path> folder) {
        return folder.filter(Files::isDirectory)
                .map(directory -> directory.resolve(NAME))
                .filter(Files::notExists)
                .map(file -> new Problem(OPTION, file + ": there is no such file"));
    }

    private static Map<String, String> read(Path file, Problems problems) throws IOException {
        OnceEach properties = new OnceEach();
        // Editors of other systems put a byte order mark at the beginning.
        properties.load(new StringReader(Files.readString(file).replaceFirst("^\uFEFF", "")));
        properties.repeated.forEach(key -> problems.add(key, "stands more than once in " + file));
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    /** Properties let the last one of a key win and say nothing. */
    private static final class OnceEach extends Properties {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Set<String> repeated = new TreeSet<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                repeated.add(key.toString());
            }
            return super.put(key, value);
        }

        @Override
        public synchronized boolean equals(Object other) {
            return super.equals(other);
        }

        @Override
        public synchronized int hashCode() {
            return super.hashCode();
        }
    }
}
