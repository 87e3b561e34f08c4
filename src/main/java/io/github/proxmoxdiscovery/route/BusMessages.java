package io.github.proxmoxdiscovery.route;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/**
 * Makes one JMS message a host. The attributes of its event are properties {@code cloudEvents_*}: the prefix of the AMQP
 * binding of CloudEvents that JMS allows, too. The id of the host is the message group, so that one consumer after the
 * other gets what is told of a host, in its order.
 */
public final class BusMessages {

    /** As a constant of camel-jms, which need not be there. */
    private static final String DESTINATION = "CamelJmsDestinationName";

    private final String destination;
    private final boolean text;

    /**
     * @param destination the name of the queue or topic
     * @param text whether a message has text in it, and not bytes
     */
    BusMessages(String destination, boolean text) {
        this.destination = destination;
        this.text = text;
    }

    /** The messages of a batch, in its order. */
    public List<Message> of(@Body List<Message> batch, CamelContext context) {
        return batch.stream().map(host -> message(host, context)).toList();
    }

    private Message message(Message host, CamelContext context) {
        Message message = new DefaultMessage(context);
        String json = host.getBody(String.class);
        message.setBody(text ? json : json.getBytes(StandardCharsets.UTF_8));
        CloudEvents.attributes(host).forEach((name, value) -> message.setHeader("cloudEvents_" + name, value));
        if (text) {
            // A JMS message has no place of its own for it; an AMQP message has.
            message.setHeader("cloudEvents_datacontenttype", "application/json");
        }
        message.setHeader("JMSXGroupID", host.getHeader("id", String.class));
        // In the endpoint's URI, Camel would take away a slash at the beginning of a name.
        message.setHeader(DESTINATION, destination);
        return message;
    }
}
