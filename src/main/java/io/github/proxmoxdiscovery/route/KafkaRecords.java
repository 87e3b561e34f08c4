package io.github.proxmoxdiscovery.route;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/** Makes one Kafka record a host: the id is the key, {@code ce_*} and the content type are its headers. */
public final class KafkaRecords {

    /**
     * The records of a batch, the first one apart: without a broker, or without the topic, sending blocks for a while,
     * and would do so for each record.
     */
    public List<List<Message>> of(@Body List<Message> batch, CamelContext context) {
        List<Message> records =
                batch.stream().map(host -> record(host, context)).toList();
        return Stream.of(records.subList(0, 1), records.subList(1, records.size()))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static Message record(Message host, CamelContext context) {
        Message record = new DefaultMessage(context);
        record.setBody(host.getBody(String.class));
        for (Map.Entry<String, Object> header : host.getHeaders().entrySet()) {
            if (header.getKey().startsWith("ce_")) {
                record.setHeader(header.getKey(), header.getValue());
            }
        }
        record.setHeader("content-type", "application/json");
        record.setHeader(KafkaConstants.KEY, host.getHeader("id", String.class));
        return record;
    }
}
