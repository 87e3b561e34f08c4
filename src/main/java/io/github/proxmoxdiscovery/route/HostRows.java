package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Message;

/** Makes one JSON array of a batch, a row for each host: a database takes it apart with one statement. */
public final class HostRows {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EPOCH = Pattern.compile("@([0-9a-z]+)\\.\\d+\\.\\d+$");

    /**
     * The rows: {@code id}, {@code epoch}, {@code generation}, {@code revision}, {@code event}, {@code event_time} and
     * {@code host}. The epoch of what is only {@code observed} is empty: less than any other.
     */
    public String of(@Body List<Message> batch) throws JsonProcessingException {
        ArrayNode rows = JSON.createArrayNode();
        for (Message host : batch) {
            rows.add(row(host));
        }
        return JSON.writeValueAsString(rows);
    }

    private static ObjectNode row(Message message) {
        JsonNode host = CloudEvents.data(message.getBody(String.class));
        Matcher epoch = EPOCH.matcher(message.getHeader("ce_id", "", String.class));
        return JSON.createObjectNode()
                .put("id", message.getHeader("id", String.class))
                .put("epoch", epoch.find() ? epoch.group(1) : "")
                .put("generation", host.path("generation").asLong())
                .put("revision", host.path("revision").asLong())
                .put("event", message.getHeader("event_type", String.class))
                .put("event_time", message.getHeader("ce_time", String.class))
                .set("host", host);
    }
}
