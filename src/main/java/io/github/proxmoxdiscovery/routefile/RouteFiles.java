package io.github.proxmoxdiscovery.routefile;

import io.github.proxmoxdiscovery.library.Components;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The route files of a folder: every {@code *.camel.yaml} in it and below, of {@code sinks/} only those of the chosen
 * sinks, and those of {@code server/} only if something is served.
 */
public final class RouteFiles {

    private static final String SUFFIX = ".camel.yaml";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z0-9._-]+)(?::[^}]*)?}}");

    /** The routes of the jar, for a pipeline inside another application: listed, for not every jar can be looked into. */
    private static final Path IN_JAR = Path.of("io", "github", "proxmoxdiscovery", "routes");

    private static final List<String> OF_JAR = List.of(
            "0-errors",
            "1-poll",
            "2-list",
            "3-enrich",
            "4-transform",
            "5-deliver",
            "deliver/deliver-batch",
            "deliver/deliver-report",
            "deliver/deliver-to",
            "deliver/sink-uri",
            "enrich/ask-agent",
            "enrich/read-config",
            "list/ask-cluster-status",
            "list/ask-first",
            "list/ask-permissions",
            "list/ask-statuses",
            "list/ask-vanished",
            "list/go-round",
            "list/list-changes",
            "list/read-guests",
            "poll/poll-cluster",
            "poll/poll-now",
            "poll/poll-quick",
            "poll/poll-quick-now",
            "pve/get",
            "sinks/application",
            "transform/transform-host");

    private final Path directory;
    private final List<Path> all;
    private final boolean inJar;

    private RouteFiles(Path directory, List<Path> all, boolean inJar) {
        this.directory = directory;
        this.all = all;
        this.inJar = inJar;
    }

    /** The route files of the jar, with the sink {@code application}. */
    public static RouteFiles ofTheJar() {
        List<Path> files =
                OF_JAR.stream().map(name -> IN_JAR.resolve(name + SUFFIX)).toList();
        return new RouteFiles(IN_JAR, files, true);
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
        List<Path> found = FolderWalk.of(directory).files().stream()
                .filter(file -> isRouteFile(directory.relativize(file)))
                .filter(Files::isRegularFile)
                .sorted()
                .toList();
        if (found.isEmpty()) {
            throw new IOException("the folder " + directory + " has no file named *" + SUFFIX);
        }
        return new RouteFiles(directory, found, false);
    }

    /** What begins with a dot is the left-over of an editor, or in a folder of one. */
    private static boolean isRouteFile(Path file) {
        return file.toString().endsWith(SUFFIX)
                && StreamSupport.stream(file.spliterator(), false)
                        .noneMatch(part -> part.toString().startsWith("."));
    }

    /** Whether nobody can edit them. */
    public boolean isInJar() {
        return inJar;
    }

    /**
     * Whether a file is word for word as it comes with the program.
     *
     * @throws IOException when the jar cannot be read
     */
    public static boolean isShipped(RouteSource source) throws IOException {
        try (InputStream file = RouteFiles.class.getResourceAsStream("/" + resource(IN_JAR.resolve(source.path())))) {
            return file != null && Arrays.equals(file.readAllBytes(), source.bytes());
        }
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
            sources.add(new RouteSource(path, content(file)));
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

    /** The same without those that answer HTTP requests. */
    public RouteFiles withoutServer() {
        Path serverFolder = directory.resolve("server");
        return new RouteFiles(
                directory,
                all.stream().filter(file -> !file.startsWith(serverFolder)).toList(),
                inJar);
    }

    /** Where Camel finds a file. */
    public String location(Path file) {
        return inJar ? "classpath:" + resource(file) : "file:" + file.toAbsolutePath();
    }

    private static String resource(Path file) {
        return file.toString().replace(File.separatorChar, '/');
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

    /**
     * What is wrong with the endpoints of the chosen files and sinks: their components are not on the class path.
     *
     * @return a sentence for each
     * @throws IOException when a file cannot be read
     */
    public List<String> missingComponents(Collection<SinkSettings> sinks) throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path file : chosen(sinks.stream().map(SinkSettings::name).toList())) {
            Components.missingIn(text(file)).forEach(artifact -> missing.add(sentence(file.toString(), artifact)));
        }
        sinks.stream()
                .filter(sink -> !hasSink(sink.name()))
                .forEach(sink -> sink.uri()
                        .flatMap(Components::missingFor)
                        .ifPresent(artifact -> missing.add(sentence("sink." + sink.name() + ".uri", artifact))));
        return missing;
    }

    private static String sentence(String where, String artifact) {
        return where + ": the component " + artifact + " is not there; " + Components.remedy(artifact);
    }

    /** A file that is no text does no harm as long as it is not chosen. */
    private String text(Path file) throws IOException {
        return new String(content(file), StandardCharsets.UTF_8);
    }

    private byte[] content(Path file) throws IOException {
        return inJar ? bytes("/" + resource(file)) : Files.readAllBytes(file);
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream file = RouteFiles.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new FileNotFoundException("the jar lacks " + resource);
            }
            return file.readAllBytes();
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
