package io.github.proxmoxdiscovery.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of the file sink: {@code <directory>/<cluster>/<run>.ndjson} with its report beside it, and
 * {@code latest.ndjson}, the last complete run. A run's file gets its name only when the run is over.
 */
public final class HostFiles {

    private static final String PART = ".ndjson.part";

    private final Path directory;
    private final OldRuns oldRuns;
    private final Map<String, AppendedFile> open = new ConcurrentHashMap<>();

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
        part(cluster, runId).append(hosts);
    }

    /**
     * Ends a run: its file and report appear, and {@code latest.ndjson} is replaced if the run was complete and every
     * host of it is here.
     *
     * @param hosts how many hosts the run found
     * @throws IOException when a file could not be written, or when some of the hosts never came here
     */
    public void finish(String cluster, String runId, boolean complete, int hosts, String report) throws IOException {
        AppendedFile part = part(cluster, runId);
        int written = part.lines();
        Path run = directory.resolve(cluster).resolve(RunFileName.of(runId) + ".ndjson");
        part.publishAs(run);
        open.remove(runId);
        AppendedFile.replace(run.resolveSibling(RunFileName.of(runId) + ".report.json"), report);
        if (written != hosts) {
            throw new IOException(run + " has " + written + " of the " + hosts + " hosts of its run");
        }
        if (complete) {
            replaceLatest(run);
        }
        oldRuns.removeFrom(run.getParent());
    }

    private static void replaceLatest(Path run) throws IOException {
        Path latest = run.resolveSibling("latest.ndjson");
        Path copy = run.resolveSibling("latest.ndjson.part");
        Files.deleteIfExists(copy);
        Files.copy(run, copy);
        try (AppendedFile whole = new AppendedFile(copy)) {
            whole.publishAs(latest);
        }
    }

    private AppendedFile part(String cluster, String runId) throws IOException {
        AppendedFile known = open.get(runId);
        if (known != null) {
            return known;
        }
        Path path = directory.resolve(cluster).resolve(RunFileName.of(runId) + PART);
        Files.deleteIfExists(path);
        AppendedFile part = new AppendedFile(path);
        open.put(runId, part);
        return part;
    }
}
