package io.github.proxmoxdiscovery.faults.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the file sink was told of changes: the files of all runs, one after the other, as a reader finds them. */
public record EventFiles(Path folder) {

    private record Written(FileTime at, Path file) {}

    public List<Told> stream() throws IOException {
        List<Told> stream = new ArrayList<>();
        for (Written run : runs()) {
            for (String line :
                    Files.readString(run.file(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isEmpty()) {
                    stream.add(Told.line(run.at().toInstant(), line));
                }
            }
        }
        return stream;
    }

    private List<Written> runs() throws IOException {
        List<Written> runs = new ArrayList<>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(".ndjson") && !name.equals("latest.ndjson")) {
                runs.add(new Written(Files.getLastModifiedTime(file), file));
            }
        }
        runs.sort(Comparator.comparing(Written::at));
        return runs;
    }

    /** Files that are not finished. */
    public List<Path> parts() throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(".part"))
                .toList();
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}
