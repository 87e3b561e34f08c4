package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Message;

/** Puts an event into one of the forms of CloudEvents 1.0. */
final class CloudEvents {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "ce_";

    private CloudEvents() {}

    /** The event with its attributes, as one JSON object (JSON format of CloudEvents). */
    static ObjectNode structured(Message message) {
        ObjectNode event = JSON.createObjectNode();
        attributes(message).forEach(event::put);
        event.put("datacontenttype", "application/json");
        event.set("data", data(message.getBody(String.class)));
        return event;
    }

    /** The attributes of the event, by their names, in the order of the headers that have them. */
    static Map<String, String> attributes(Message message) {
        Map<String, String> attributes = new LinkedHashMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                attributes.put(name.substring(PREFIX.length()), value.toString());
            }
        });
        return attributes;
    }

    /** A body as JSON. */
    static JsonNode data(String body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree.isMissingNode() ? TextNode.valueOf(body) : tree;
        } catch (JsonProcessingException e) {
            // A route file made something else of it than JSON.
            return TextNode.valueOf(body);
        }
    }

    /**
     * The value of an attribute as an HTTP header has it: what is not printable ASCII, the quote and the percent sign
     * are percent-encoded (HTTP binding of CloudEvents, 3.1.3.2).
     */
    static String headerValue(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet < 0x7f && octet != '"' && octet != '%') {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(String.format("%02X", octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
