package io.github.proxmoxdiscovery.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Removes the files of runs that are older than their keeping time, and what a crash left half-written. Others may
 * remove them at the same time.
 */
final class OldRuns {

    private static final int ALWAYS_KEPT = 10;
    private static final Duration LONGEST_RUN = Duration.ofDays(1);
    private static final String NAME = "\\d{8}T\\d{6}-[0-9a-f]{6}";
    private static final Pattern RUN = Pattern.compile(NAME + "\\.ndjson");
    private static final Pattern INCOMPLETE = Pattern.compile(NAME + "\\.incomplete\\.ndjson");
    private static final Pattern PART = Pattern.compile(NAME + "\\.(ndjson|report\\.json|latest\\.ndjson)\\.part");

    private final Duration keep;

    OldRuns(Duration keep) {
        this.keep = keep;
    }

    void removeFrom(Path directory) throws IOException {
        Instant oldest = Instant.now().minus(keep);
        List<Path> runs = files(directory, RUN);
        removeRuns(runs.subList(0, Math.max(0, runs.size() - ALWAYS_KEPT)), oldest);
        Instant surelyOver = Instant.now().minus(LONGEST_RUN);
        // Nothing else keeps the one that has just been written.
        removeRuns(files(directory, INCOMPLETE), oldest.isBefore(surelyOver) ? oldest : surelyOver);
        for (Path part : files(directory, PART)) {
            if (isOlder(part, surelyOver)) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static void removeRuns(List<Path> runs, Instant oldest) throws IOException {
        for (Path run : runs) {
            if (isOlder(run, oldest)) {
                String name = run.getFileName().toString().replaceFirst("(\\.incomplete)?\\.ndjson", "");
                Files.deleteIfExists(run.resolveSibling(name + ".report.json"));
                Files.deleteIfExists(run);
            }
        }
    }

    private static boolean isOlder(Path file, Instant oldest) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
        } catch (NoSuchFileException e) {
            return false;
        }
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
