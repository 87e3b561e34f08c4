package io.github.proxmoxdiscovery.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.cli.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What came out of a run: the file sink's files, and what the program printed. Each message and report is held against
 * its JSON Schema, and each report's sums are checked, whenever they are read.
 */
public final class Found {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PARTS = List.of("guests", "read", "skipped", "failed", "hosts");

    private final Path out;
    private final Program.Result result;

    Found(Path out, Program.Result result) {
        this.out = out;
        this.result = result;
    }

    public int exitCode() {
        return result.exitCode();
    }

    /** The lines on stderr. */
    public List<String> log() {
        return result.err().lines().toList();
    }

    public String err() {
        return result.err();
    }

    public Map<String, JsonNode> hosts() {
        return hosts("lab");
    }

    /** The hosts of the cluster's last run by id. */
    public Map<String, JsonNode> hosts(String cluster) {
        String report = lastReport(cluster).getFileName().toString();
        return hostsIn(out.resolve(cluster).resolve(report.replace(".report.json", ".ndjson")));
    }

    /** The hosts of {@code latest.ndjson} by id. */
    public Map<String, JsonNode> latest(String cluster) {
        return hostsIn(latestFile(cluster));
    }

    public boolean hasLatest(String cluster) {
        return Files.exists(latestFile(cluster));
    }

    private Path latestFile(String cluster) {
        return out.resolve(cluster).resolve("latest.ndjson");
    }

    public JsonNode host(String id) {
        JsonNode host = hosts(id.substring(0, id.indexOf('/'))).get(id);
        if (host == null) {
            throw new AssertionError("there is no host " + id + " among " + hosts().keySet());
        }
        return host;
    }

    public JsonNode report() {
        return report("lab");
    }

    /** The report of the cluster's last run. */
    public JsonNode report(String cluster) {
        String text = read(lastReport(cluster));
        MessageSchema.validateReport(text);
        JsonNode report = parse(text);
        checkSums(report);
        return report;
    }

    public JsonNode node(String name) {
        return stream(report().path("nodes"))
                .filter(node -> node.path("node").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the report has no node " + name + ": " + report()));
    }

    public List<String> errors() {
        return errors("lab");
    }

    /** The report's errors as {@code where REASON}, sorted. */
    public List<String> errors(String cluster) {
        return stream(report(cluster).path("errors"))
                .map(error -> error.path("where").asText() + " "
                        + error.path("reason").asText())
                .sorted()
                .toList();
    }

    /** What the report says of one place. */
    public String message(String where) {
        return stream(report().path("errors"))
                .filter(error -> error.path("where").asText().equals(where))
                .map(error -> error.path("message").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the report says nothing of " + where + ": " + report()));
    }

    static List<String> texts(JsonNode list) {
        return stream(list).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** guests = read + skipped + failed, for the cluster and for each node; the cluster is the sum of its nodes. */
    private static void checkSums(JsonNode report) {
        checkBalance(report);
        Map<String, Integer> sums = new TreeMap<>();
        for (JsonNode node : report.path("nodes")) {
            checkBalance(node);
            PARTS.forEach(part -> sums.merge(part, node.path(part).asInt(), Integer::sum));
        }
        PARTS.forEach(part -> {
            if (report.path(part).asInt() != sums.getOrDefault(part, 0)) {
                throw new AssertionError(part + " is not the sum of the nodes: " + report);
            }
        });
    }

    private static void checkBalance(JsonNode counts) {
        int accounted = counts.path("read").asInt()
                + counts.path("skipped").asInt()
                + counts.path("failed").asInt();
        if (counts.path("guests").asInt() != accounted) {
            throw new AssertionError("guests are not read + skipped + failed: " + counts);
        }
    }

    private static Map<String, JsonNode> hostsIn(Path file) {
        Map<String, JsonNode> hosts = new TreeMap<>();
        List<String> lines = new ArrayList<>(read(file).lines().toList());
        for (String line : lines) {
            MessageSchema.validate(line);
            JsonNode host = parse(line);
            if (hosts.put(host.path("id").asText(), host) != null) {
                throw new AssertionError("the host is there twice: " + line);
            }
        }
        return hosts;
    }

    private Path lastReport(String cluster) {
        try (Stream<Path> files = Files.list(out.resolve(cluster))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".report.json"))
                    .max(Comparator.comparing(
                            file -> parse(read(file)).path("started_at").asText()))
                    .orElseThrow(() -> new AssertionError("there is no report of " + cluster + "\n" + err()));
        } catch (IOException e) {
            throw new UncheckedIOException(err(), e);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
