package io.github.proxmoxdiscovery.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Removes the files of runs that are older than their keeping time, and what a crash left half-written. */
final class OldRuns {

    private static final int ALWAYS_KEPT = 10;
    private static final Duration LONGEST_RUN = Duration.ofDays(1);
    private static final Pattern RUN = Pattern.compile("\\d{8}T\\d{6}-[0-9a-f]{6}\\.ndjson");
    private static final Pattern PART = Pattern.compile("\\d{8}T\\d{6}-[0-9a-f]{6}\\.(ndjson|report\\.json)\\.part");

    private final Duration keep;

    OldRuns(Duration keep) {
        this.keep = keep;
    }

    void removeFrom(Path directory) throws IOException {
        Instant oldest = Instant.now().minus(keep);
        List<Path> runs = files(directory, RUN);
        for (Path run : runs.subList(0, Math.max(0, runs.size() - ALWAYS_KEPT))) {
            if (isOlder(run, oldest)) {
                String name = run.getFileName().toString();
                Files.deleteIfExists(run.resolveSibling(name.replace(".ndjson", ".report.json")));
                Files.deleteIfExists(run);
            }
        }
        Instant surelyOver = Instant.now().minus(LONGEST_RUN);
        for (Path part : files(directory, PART)) {
            if (isOlder(part, surelyOver)) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static boolean isOlder(Path file, Instant oldest) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
    }

    /** The files whose name begins with the time of their run, oldest first. */
    private static List<Path> files(Path directory, Pattern name) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        }
    }
}
