package io.github.proxmoxdiscovery.route;

import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/** Makes one Kafka record a host: the id is the key, {@code ce_*} and the content type are its headers. */
public final class KafkaRecords {

    public List<Message> of(@Body List<Message> batch, CamelContext context) {
        return batch.stream().map(host -> record(host, context)).toList();
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
