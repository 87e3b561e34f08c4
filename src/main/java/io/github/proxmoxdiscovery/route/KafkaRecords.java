package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.ledger.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * Makes one Kafka record a host: the id is the key, {@code ce_*} and the content type are its headers. A host that is
 * there no more, or left out, gets a second record without a value, so that a compacted topic forgets it.
 */
public final class KafkaRecords {

    private static final Set<String> LEAVING = Set.of(EventType.REMOVED.text(), EventType.EXCLUDED.text());

    /**
     * The records of a batch, the first one apart: without a broker, or without the topic, sending blocks for a while,
     * and would do so for each record.
     */
    public List<List<Message>> of(@Body List<Message> batch, CamelContext context) {
        List<Message> records = new ArrayList<>();
        for (Message host : batch) {
            records.add(record(host, host.getBody(String.class), context));
            if (LEAVING.contains(host.getHeader("event_type", String.class))) {
                records.add(record(host, null, context));
            }
        }
        return Stream.of(records.subList(0, 1), records.subList(1, records.size()))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static Message record(Message host, @Nullable String value, CamelContext context) {
        Message record = new DefaultMessage(context);
        record.setBody(value);
        CloudEvents.attributes(host).forEach((name, attribute) -> record.setHeader("ce_" + name, attribute));
        record.setHeader("content-type", "application/json");
        record.setHeader(KafkaConstants.KEY, host.getHeader("id", String.class));
        return record;
    }
}
