package io.github.proxmoxdiscovery.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.proxmoxdiscovery.host.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the hosts go that a sink did not take: {@code data/undelivered/<sink>/<run>.ndjson}, each with the reason. */
public final class Undelivered {

    /** Reads a message so that it is written as it came, but for white space. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Path data;

    public Undelivered(Path data) {
        this.data = data;
    }

    /** The file for what a sink did not take of a run. */
    public Path file(String sink, String runId) {
        return data.resolve("undelivered").resolve(sink).resolve(RunFileName.of(runId) + ".ndjson");
    }

    /**
     * Keeps hosts that a sink did not take.
     *
     * @param message what the sink answered, or why it could not be reached
     * @param hosts the messages as they would have been delivered
     */
    public synchronized void keep(String sink, String runId, Reason reason, String message, List<String> hosts)
            throws IOException {
        List<String> lines = new ArrayList<>();
        for (String host : hosts) {
            ObjectNode line = JSON.createObjectNode();
            line.put("reason", reason.name());
            line.put("message", message);
            setHost(line, host);
            lines.add(JSON.writeValueAsString(line));
        }
        try (AppendedFile file = new AppendedFile(file(sink, runId))) {
            file.append(lines);
            file.sync();
        }
    }

    private static void setHost(ObjectNode line, String host) {
        try {
            JsonNode tree = JSON.readTree(host);
            line.set("host", tree.isMissingNode() ? TextNode.valueOf(host) : tree);
        } catch (JsonProcessingException e) {
            // A route file made something else of it than JSON.
            line.put("host", host);
        }
    }
}
