package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.routefile.RouteSource;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The route files of a folder: every {@code *.camel.yaml} in it and below, of {@code sinks/} only those of the chosen
 * sinks.
 */
public final class RouteFiles {

    private static final String SUFFIX = ".camel.yaml";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z0-9._-]+)(?::[^}]*)?}}");

    private final Path directory;
    private final List<Path> all;

    private RouteFiles(Path directory, List<Path> all) {
        this.directory = directory;
        this.all = all;
    }

    /**
     * Looks into a folder.
     *
     * @throws IOException when it cannot be read or has no route file
     */
    public static RouteFiles in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no folder " + directory + ": name the folder of the routes with --routes");
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> found = files.filter(file -> isRouteFile(directory.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new IOException("the folder " + directory + " has no file named *" + SUFFIX);
            }
            return new RouteFiles(directory, found);
        }
    }

    /** What begins with a dot is the left-over of an editor, or in a folder of one. */
    private static boolean isRouteFile(Path file) {
        return file.toString().endsWith(SUFFIX)
                && StreamSupport.stream(file.spliterator(), false)
                        .noneMatch(part -> part.toString().startsWith("."));
    }

    /** Where they are, as it was named. */
    public Path folder() {
        return directory;
    }

    /**
     * Reads the files that are to be loaded when these sinks are chosen, each once.
     *
     * @throws IOException when one cannot be read
     */
    public List<RouteSource> read(Collection<String> sinks) throws IOException {
        List<RouteSource> sources = new ArrayList<>();
        for (Path file : chosen(sinks)) {
            String path = directory.relativize(file).toString().replace(File.separatorChar, '/');
            sources.add(new RouteSource(path, Files.readAllBytes(file)));
        }
        return sources;
    }

    /** The files to load when these sinks are chosen. */
    public List<Path> chosen(Collection<String> sinks) {
        Path sinkFolder = directory.resolve("sinks");
        return all.stream()
                .filter(file -> !file.startsWith(sinkFolder) || sinks.contains(name(file)))
                .toList();
    }

    /** Whether a sink has a route file of its own. */
    public boolean hasSink(String sink) {
        return all.contains(directory.resolve("sinks").resolve(sink + SUFFIX));
    }

    /** The names of the sinks that have a route file. */
    public List<String> sinks() {
        return all.stream()
                .filter(file -> file.startsWith(directory.resolve("sinks")))
                .map(RouteFiles::name)
                .toList();
    }

    /**
     * The keys that the files use as {@code {{key}}}.
     *
     * @throws IOException when a file cannot be read
     */
    public Set<String> placeholders() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (Path file : all) {
            Matcher matcher = PLACEHOLDER.matcher(text(file));
            while (matcher.find()) {
                keys.add(matcher.group(1));
            }
        }
        return keys;
    }

    /** A file that is no text does no harm as long as it is not chosen. */
    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
