package io.github.proxmoxdiscovery.faults.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One event that a sink was told.
 *
 * @param at when the sink had it
 * @param event a structured CloudEvent
 */
public record Told(Instant at, JsonNode event) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Events of one request, as an array of CloudEvents. */
    static List<Told> batch(Instant at, String body) {
        List<Told> told = new ArrayList<>();
        parse(body).forEach(event -> told.add(new Told(at, event)));
        return told;
    }

    /** The event of a record or a request whose headers or properties tell its attributes. */
    public static Told binary(Instant at, Map<String, String> attributes, byte[] body) {
        ObjectNode event = JSON.createObjectNode();
        attributes.forEach(event::put);
        event.set("data", parse(new String(body, StandardCharsets.UTF_8)));
        return new Told(at, event);
    }

    /** One line of a file. */
    static Told line(Instant at, String line) {
        return new Told(at, parse(line));
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("no JSON: " + text, e);
        }
    }

    String ceId() {
        return event.path("id").asText();
    }

    public String id() {
        return event.path("subject").asText();
    }

    /** discovered, updated, removed. */
    public String type() {
        return event.path("type").asText().replaceFirst("io\\.github\\.proxmoxdiscovery\\.host\\.(.*)\\.v1", "$1");
    }

    boolean leaves() {
        return type().equals("removed") || type().equals("excluded");
    }

    JsonNode host() {
        return event.path("data");
    }

    /** As its id tells: a message without a body has none. */
    long revision() {
        String id = ceId();
        return Long.parseLong(id.substring(id.lastIndexOf('.') + 1));
    }

    long generation() {
        return host().path("generation").asLong(-1);
    }

    Instant seenBy() {
        return Instant.parse(event.path("time").asText());
    }
}
