package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes the HTTP request for a batch: one host in binary content mode, several as a batch of structured events
 * (CloudEvents 1.0, HTTP protocol binding). The {@code Idempotency-Key} is the same whenever the same is sent again.
 */
public final class HttpSinkRequest implements Processor {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        List<?> batch = exchange.getMessage().getBody(List.class);
        List<Message> hosts = batch.stream().map(Message.class::cast).toList();
        Message request = exchange.getMessage();
        request.removeHeaders("*", "CamelRedeliver*");
        if (batchSize(exchange) == 1) {
            single(request, hosts.get(0));
        } else {
            batch(request, hosts);
        }
    }

    private static int batchSize(Exchange exchange) {
        return exchange.getVariable("delivery", Delivery.class).batchSize();
    }

    /** Makes the request for one host. */
    public static void single(Message request, Message host) {
        CloudEvents.attributes(host)
                .forEach((name, value) -> request.setHeader("ce-" + name, CloudEvents.headerValue(value)));
        request.setHeader("Idempotency-Key", CloudEvents.headerValue(host.getHeader("ce_id", String.class)));
        request.setHeader(Exchange.CONTENT_TYPE, "application/json");
        request.setBody(host.getBody(String.class).getBytes(StandardCharsets.UTF_8));
    }

    private static void batch(Message request, List<Message> hosts) throws JsonProcessingException {
        ArrayNode events = JSON.createArrayNode();
        for (Message host : hosts) {
            events.add(CloudEvents.structured(host));
        }
        String ids = hosts.stream()
                .map(host -> host.getHeader("ce_id", String.class))
                .collect(Collectors.joining("\n"));
        request.setHeader(
                "Idempotency-Key",
                UUID.nameUUIDFromBytes(ids.getBytes(StandardCharsets.UTF_8)).toString());
        request.setHeader(Exchange.CONTENT_TYPE, "application/cloudevents-batch+json");
        request.setBody(JSON.writeValueAsBytes(events));
    }
}
