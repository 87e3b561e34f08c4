package io.github.proxmoxdiscovery.kamelet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.ledger.Event;
import io.github.proxmoxdiscovery.ledger.EventType;
import io.github.proxmoxdiscovery.route.EventMessages;
import io.github.proxmoxdiscovery.route.HttpSinkRequest;
import io.github.proxmoxdiscovery.route.KafkaRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/**
 * Makes what is sent of a host that another application has, in the way in which the sinks of the program send it. The
 * Kamelet {@code discovered-host-sink} names it.
 */
public final class GivenHosts {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "ce_";
    private static final Pattern TYPE = Pattern.compile("io\\.github\\.proxmoxdiscovery\\.host\\.([a-z]+)\\.v1");

    private final HostSchema schema = new HostSchema();
    private final KafkaRecords kafkaRecords = new KafkaRecords();
    private String uri = "";

    /** Where it is sent to. */
    public void setUri(String uri) {
        this.uri = uri;
    }

    /**
     * The messages to send of a host: the event, and with Kafka what makes the topic forget a host that is gone.
     *
     * @throws InvalidHostException when the body is no DiscoveredHost
     */
    public List<Message> messages(Exchange exchange) throws InvalidHostException {
        Message given = exchange.getMessage();
        String json = text(given);
        Message event = event(given, json, schema.read(json), exchange.getContext());
        if (uri.startsWith("kafka:")) {
            return kafkaRecords.of(List.of(event), exchange.getContext()).stream()
                    .flatMap(List::stream)
                    .toList();
        }
        if (uri.matches("https?:.*")) {
            Message request = new DefaultMessage(exchange.getContext());
            HttpSinkRequest.single(request, event);
            return List.of(request);
        }
        return List.of(event);
    }

    private static String text(Message given) throws InvalidHostException {
        Object body = given.getBody();
        if (body instanceof Map<?, ?> || body instanceof JsonNode) {
            try {
                return JSON.writeValueAsString(body);
            } catch (JsonProcessingException e) {
                throw new InvalidHostException("this is no DiscoveredHost: " + e.getOriginalMessage());
            }
        }
        if (body instanceof String text) {
            return text;
        }
        byte[] bytes = given.getBody(byte[].class);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** What was an event before stays that event: it is the same wherever it is sent. */
    private static Message event(Message given, String json, JsonNode host, CamelContext context) {
        String cluster = host.path("proxmox").path("cluster").asText();
        Message event = new EventMessages(context, cluster, "").message(observed(json, host));
        if (given.getHeader("ce_id") != null && given.getHeader("ce_type") != null) {
            given.getHeaders().keySet().stream()
                    .filter(name -> name.startsWith(PREFIX))
                    .forEach(name -> event.setHeader(name, given.getHeader(name, String.class)));
            Matcher type = TYPE.matcher(event.getHeader("ce_type", String.class));
            if (type.matches()) {
                event.setHeader("event_type", type.group(1));
            }
        }
        return event;
    }

    private static Event observed(String json, JsonNode host) {
        return new Event(
                0,
                host.path("id").asText(),
                EventType.OBSERVED,
                host.path("generation").asLong(),
                host.path("revision").asLong(),
                Instant.parse(host.path("observed_at").asText()),
                host.path("run_id").asText(),
                null,
                json,
                List.of(),
                "");
    }
}
