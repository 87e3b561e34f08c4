package io.github.proxmoxdiscovery.sink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a program left that was killed while it wrote. Whole lines of a run were acknowledged, and nobody sends them
 * again: they become the file of an incomplete run. Files on which another program works right now are left alone.
 */
final class LeftBehind {

    private static final Pattern PART =
            Pattern.compile("(\\d{8}T\\d{6}-[0-9a-f]{6})\\.(ndjson|report\\.json|latest\\.ndjson)\\.part");

    private LeftBehind() {}

    /** Gives the names of the files that are there now. */
    static List<Path> finish(Path directory) throws IOException {
        List<Path> finished = new ArrayList<>();
        for (Path file : files(directory)) {
            Matcher name = PART.matcher(file.getFileName().toString());
            if (!name.matches() || isInUse(file)) {
                continue;
            }
            if (name.group(2).equals("ndjson") && hasLines(file)) {
                finished.add(publish(file, name.group(1)));
            } else {
                Files.deleteIfExists(file);
            }
        }
        return finished;
    }

    private static Path publish(Path file, String run) throws IOException {
        Path target = file.resolveSibling(run + ".incomplete.ndjson");
        try (AppendedFile lines = new AppendedFile(file)) {
            lines.publishAs(target);
        }
        return target;
    }

    private static boolean hasLines(Path file) throws IOException {
        try (AppendedFile lines = new AppendedFile(file)) {
            return lines.hasLines();
        }
    }

    private static boolean isInUse(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        }
    }
}
