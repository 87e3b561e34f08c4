package io.github.proxmoxdiscovery.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.proxmoxdiscovery.MessageSchema;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event as a sink was given it, whichever form it has there.
 *
 * @param attributes of CloudEvents, such as {@code id} and {@code changed}
 * @param data the message; missing in a tombstone
 */
record HostEvent(Map<String, String> attributes, JsonNode data) {

    private static final String TYPE = "io.github.proxmoxdiscovery.host.";

    HostEvent {
        if (!data.isMissingNode()) {
            MessageSchema.validate(data.toString());
        }
    }

    /** One that was posted alone: binary content mode. */
    static HostEvent of(Webhook.Request request) {
        Map<String, String> attributes = new TreeMap<>();
        request.headers().forEach((name, value) -> {
            if (name.startsWith("ce-")) {
                attributes.put(name.substring("ce-".length()), decoded(value));
            }
        });
        return new HostEvent(attributes, Output.json(request.body()));
    }

    /** As the HTTP binding wants it: percent-encoded, and no plus sign that stands for a space. */
    private static String decoded(String value) {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Those that were posted together: batched content mode. */
    static List<HostEvent> ofBatch(String json) {
        List<HostEvent> events = new ArrayList<>();
        Output.json(json).forEach(event -> events.add(of(event)));
        return events;
    }

    /** A line of the file sink. */
    static HostEvent ofLine(String json) {
        return of(Output.json(json));
    }

    private static HostEvent of(JsonNode structured) {
        Map<String, String> attributes = new TreeMap<>();
        structured.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                attributes.put(field.getKey(), field.getValue().asText());
            }
        });
        return new HostEvent(attributes, structured.path("data"));
    }

    static HostEvent of(ConsumerRecord<String, String> record) {
        Map<String, String> attributes = new TreeMap<>();
        record.headers().forEach(header -> {
            if (header.key().startsWith("ce_")) {
                String value = new String(header.value(), StandardCharsets.UTF_8);
                attributes.put(header.key().substring("ce_".length()), value);
            }
        });
        return new HostEvent(
                attributes, record.value() == null ? MissingNode.getInstance() : Output.json(record.value()));
    }

    String get(String attribute) {
        return attributes.get(attribute);
    }

    boolean isTombstone() {
        return data.isMissingNode();
    }

    private String type() {
        return get("type").replace(TYPE, "").replace(".v1", "");
    }

    /** Its generation and revision, as {@code 1.2}. */
    String number() {
        return get("id").replaceFirst(".*@[0-9a-z]+\\.", "");
    }

    long generationInId() {
        return Long.parseLong(number().split("\\.")[0]);
    }

    long revisionInId() {
        return Long.parseLong(number().split("\\.")[1]);
    }

    long generation() {
        return data.path("generation").asLong();
    }

    long revision() {
        return data.path("revision").asLong();
    }

    /** As {@code updated 101 1.2}: what it tells, the number of the guest, generation and revision. */
    @Override
    public String toString() {
        return type() + " " + get("subject").split("/")[2] + " " + number();
    }
}
