package io.github.proxmoxdiscovery.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.proxmoxdiscovery.host.AgentState;
import io.github.proxmoxdiscovery.memory.AgentRecord.Silence;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory of a cluster's agents on disk: a line that says what it is, then one line of JSON an agent. */
final class AgentFile {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.run");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIRST_LINE = "{\"proxmox-discovery\":\"agents\",\"version\":1}";

    private final Path path;

    AgentFile(Path path) {
        this.path = path;
    }

    /** What is in the file; a file that makes no sense is moved aside, and then nothing is known. */
    Map<String, AgentRecord> read() {
        if (!Files.exists(path)) {
            return Map.of();
        }
        try (Stream<String> lines = Files.lines(path)) {
            return parse(lines.iterator());
        } catch (IOException | RuntimeException e) {
            // Among these: a line that is no JSON, an instant that is none, a file that is no UTF-8.
            return moveAside(e);
        }
    }

    private static Map<String, AgentRecord> parse(Iterator<String> lines) throws JsonProcessingException {
        if (!lines.hasNext() || !FIRST_LINE.equals(lines.next())) {
            throw new IllegalArgumentException("the first line is not " + FIRST_LINE);
        }
        Map<String, AgentRecord> agents = new LinkedHashMap<>();
        while (lines.hasNext()) {
            JsonNode line = JSON.readTree(lines.next());
            agents.put(line.required("guest").textValue(), agent(line));
        }
        return agents;
    }

    private static AgentRecord agent(JsonNode line) {
        JsonNode silence = line.path("silence");
        return new AgentRecord(
                line.path("uuid").textValue(),
                line.has("seen") ? line.get("seen").toString() : null,
                instant(line.path("seen_at").textValue()),
                silence.isObject() ? silence(silence) : null);
    }

    private static Silence silence(JsonNode silence) {
        return new Silence(
                Math.max(silence.required("times").intValue(), 1),
                Instant.parse(silence.required("at").textValue()),
                AgentState.valueOf(silence.required("state").textValue().toUpperCase(Locale.ROOT)),
                silence.required("message").textValue(),
                silence.path("digest").textValue());
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private Map<String, AgentRecord> moveAside(Exception cause) {
        Path aside = path.resolveSibling(path.getFileName() + ".unreadable-" + System.currentTimeMillis());
        try {
            Files.move(path, aside);
            LOG.warn(
                    "{} makes no sense and is now {}; agents are asked as if for the first time: {}",
                    path,
                    aside,
                    cause.toString());
        } catch (IOException e) {
            LOG.warn("{} makes no sense, and cannot be moved aside: {}; {}", path, cause.toString(), e.toString());
        }
        return Map.of();
    }

    /**
     * Writes the file whole: at every moment its name leads to the old content or the new.
     *
     * @throws IOException when it could not be written; then the old content stands
     */
    void write(Map<String, AgentRecord> agents) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Path part = path.resolveSibling(path.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                BufferedWriter writer = new BufferedWriter(
                        new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8))) {
            writer.write(FIRST_LINE + "\n");
            for (Map.Entry<String, AgentRecord> agent : agents.entrySet()) {
                writer.write(line(agent.getKey(), agent.getValue()) + "\n");
            }
            writer.flush();
            channel.force(true);
        }
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String line(String guest, AgentRecord agent) throws JsonProcessingException {
        ObjectNode line = JSON.createObjectNode();
        line.put("guest", guest);
        if (agent.uuid() != null) {
            line.put("uuid", agent.uuid());
        }
        if (agent.seen() != null && agent.seenAt() != null) {
            line.put("seen_at", agent.seenAt().toString());
            line.putRawValue("seen", new RawValue(agent.seen()));
        }
        if (agent.silence() != null) {
            ObjectNode silence = line.putObject("silence");
            silence.put("times", agent.silence().times());
            silence.put("at", agent.silence().at().toString());
            silence.put("state", agent.silence().state().text());
            silence.put("message", agent.silence().message());
            silence.put("digest", agent.silence().digest());
        }
        return JSON.writeValueAsString(line);
    }
}
