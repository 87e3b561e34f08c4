package io.github.proxmoxdiscovery.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the file sink: {@code <directory>/<cluster>/<run>.ndjson} with its report beside it, and
 * {@code latest.ndjson}, what is known of the cluster. A run's file gets its name only when the run is over and every
 * host of it is there; otherwise it ends as {@code <run>.incomplete.ndjson}.
 */
public final class HostFiles {

    private static final Pattern CLUSTER = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private final Path directory;
    private final OldRuns oldRuns;
    private final Map<Path, AppendedFile> open = new ConcurrentHashMap<>();

    /** @param keep how long the files of a run are kept; the last ten runs always are */
    public HostFiles(Path directory, Duration keep) {
        this.directory = directory;
        this.oldRuns = new OldRuns(keep);
    }

    /**
     * Adds hosts to the file of a run.
     *
     * @throws IOException when they could not all be written; then none is
     */
    public void append(String cluster, String runId, List<String> hosts) throws IOException {
        part(run(cluster, runId)).append(hosts.stream().map(HostFiles::oneLine).toList());
    }

    /**
     * Has what was added to the file of a run so far on disk: nobody sends it again.
     *
     * @throws IOException when it may not be there
     */
    public void sync(String cluster, String runId) throws IOException {
        part(run(cluster, runId)).sync();
    }

    /**
     * Finishes what a program left that was killed while it wrote.
     *
     * @return the files of incomplete runs that came of it
     */
    public List<Path> finishLeftBehind() throws IOException {
        List<Path> finished = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> clusters = Files.newDirectoryStream(directory, Files::isDirectory)) {
                for (Path cluster : clusters) {
                    finished.addAll(LeftBehind.finish(cluster));
                }
            }
        }
        return finished;
    }

    /**
     * Ends a run: its file and report appear. May be called again when it failed.
     *
     * @param hosts how many hosts were to come here
     * @throws IOException when a file could not be written, or when some of the hosts never came here
     */
    public void finish(String cluster, String runId, int hosts, String report) throws IOException {
        Path run = run(cluster, runId);
        Path published = publish(run, hosts);
        long written = lines(published);
        // First, as this may make the room that the others need.
        oldRuns.removeFrom(run.getParent());
        AppendedFile.replace(run.resolveSibling(RunFileName.of(runId) + ".report.json"), report);
        if (written != hosts) {
            throw new IOException(published + " has " + written + " of the " + hosts + " hosts of its run");
        }
    }

    /** A new {@code latest.ndjson} of a cluster, which appears whole when it is published, or not at all. */
    public Latest latest(String cluster, String runId) throws IOException {
        // Of this run alone: another process may work on the same folder.
        String part = RunFileName.of(runId) + ".latest.ndjson.part";
        return new Latest(
                folder(cluster).resolve("latest.ndjson"), folder(cluster).resolve(part));
    }

    /** {@code latest.ndjson} while it is written. */
    public static final class Latest implements AutoCloseable {

        private static final int BATCH = 500;

        private final Path name;
        private final Path part;
        private final AppendedFile file;
        private final List<String> lines = new ArrayList<>();

        private Latest(Path name, Path part) throws IOException {
            this.name = name;
            this.part = part;
            Files.deleteIfExists(part);
            this.file = new AppendedFile(part);
        }

        /** Adds a host. */
        public void add(String host) {
            lines.add(oneLine(host));
            if (lines.size() >= BATCH) {
                try {
                    write();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private void write() throws IOException {
            file.append(lines);
            lines.clear();
        }

        /** Takes the place of the one before. */
        public void publish() throws IOException {
            write();
            file.publishAs(name);
        }

        /** Without having been published, it leaves nothing. */
        @Override
        public void close() throws IOException {
            file.close();
            Files.deleteIfExists(part);
        }
    }

    /** JSON has line breaks between its tokens only: a route file may have made it pretty. */
    private static String oneLine(String host) {
        return host.replace('\r', ' ').replace('\n', ' ');
    }

    /** Gives a run's file the name that it deserves, unless it has one already, and tells which. */
    private Path publish(Path run, int hosts) throws IOException {
        Path published = isOver(run) ? nameOfOver(run) : publishPart(run, hosts);
        open.remove(run);
        return published;
    }

    private Path publishPart(Path run, int hosts) throws IOException {
        AppendedFile part = part(run);
        part.seal();
        Path name = lines(partOf(run)) < hosts ? incomplete(run) : run;
        part.publishAs(name);
        return name;
    }

    private static boolean isOver(Path run) {
        return Files.exists(run) || Files.exists(incomplete(run));
    }

    private static Path nameOfOver(Path run) {
        return Files.exists(run) ? run : incomplete(run);
    }

    private static Path incomplete(Path run) {
        return run.resolveSibling(run.getFileName().toString().replace(".ndjson", ".incomplete.ndjson"));
    }

    private static long lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private AppendedFile part(Path run) throws IOException {
        AppendedFile known = open.get(run);
        if (known != null) {
            return known;
        }
        if (isOver(run)) {
            throw new IOException(nameOfOver(run) + " is there already: its run is over");
        }
        Files.deleteIfExists(partOf(run));
        AppendedFile part = new AppendedFile(partOf(run));
        open.put(run, part);
        return part;
    }

    private static Path partOf(Path run) {
        return run.resolveSibling(run.getFileName() + ".part");
    }

    private Path run(String cluster, String runId) {
        return folder(cluster).resolve(RunFileName.of(runId) + ".ndjson");
    }

    private Path folder(String cluster) {
        if (!CLUSTER.matcher(cluster).matches()) {
            throw new IllegalArgumentException("not the name of a cluster: " + cluster);
        }
        return directory.resolve(cluster);
    }
}
