package io.github.proxmoxdiscovery.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the program left in its folder: the files of the file sink and what other sinks did not take. */
public record Output(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param cluster its name */
    public Path of(String cluster) {
        return folder.resolve("out").resolve(cluster);
    }

    /** The names of the files of a cluster, in order. */
    public List<String> names(String cluster) {
        return list(of(cluster)).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    /** The files of the runs of a cluster, oldest first. */
    public List<Path> runs(String cluster) {
        return list(of(cluster)).stream()
                .filter(file -> file.getFileName().toString().matches("\\d{8}T\\d{6}-[0-9a-f]{6}\\.ndjson"))
                .toList();
    }

    /** The messages of the only run of the cluster lab. */
    public List<String> lines() {
        List<Path> runs = runs("lab");
        if (runs.size() != 1) {
            throw new AssertionError("not one run: " + runs);
        }
        return lines(runs.get(0));
    }

    public List<String> ids() {
        return ids(lines());
    }

    /** What a sink did not take: objects with reason, message and host. */
    public List<JsonNode> undelivered(String sink) {
        return list(folder.resolve("data/undelivered").resolve(sink)).stream()
                .flatMap(file -> lines(file).stream())
                .map(Output::json)
                .toList();
    }

    /** The ids of what a sink did not take. */
    public List<String> undeliveredIds(String sink) {
        return undelivered(sink).stream()
                .map(line -> line.at("/host/id").asText())
                .sorted()
                .toList();
    }

    /** The reasons for which a sink did not take something. */
    public List<String> reasons(String sink) {
        return undelivered(sink).stream()
                .map(line -> line.path("reason").asText())
                .distinct()
                .toList();
    }

    static List<String> ids(List<String> messages) {
        return messages.stream()
                .map(message -> json(message).path("id").asText())
                .sorted()
                .toList();
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path directory) {
        if (Files.notExists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return new ArrayList<>(files.sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
