package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.ledger.Event;
import io.github.proxmoxdiscovery.ledger.EventType;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;

/**
 * Makes the message of an event: the host's JSON and these headers, no other; {@code ce_*} are CloudEvents 1.0
 * attributes, of which {@code changed}, {@code previous} and {@code reason} are extensions.
 */
public final class EventMessages {

    static final String DATA_SCHEMA = "https://proxmox-discovery.github.io/schema/discovered-host/1";

    private final CamelContext context;
    private final String cluster;
    private final String epoch;

    /** @param epoch of the ledger, part of what makes the ids of its events unique */
    public EventMessages(CamelContext context, String cluster, String epoch) {
        this.context = context;
        this.cluster = cluster;
        this.epoch = epoch;
    }

    /** What is told of an event. */
    public Message message(Event event) {
        EventMessage message = new EventMessage(context, event);
        message.setBody(event.body());
        message.setHeader("id", event.id());
        message.setHeader("cluster", cluster);
        message.setHeader("run_id", event.run());
        message.setHeader("event_type", event.type().text());
        message.setHeader("ce_specversion", "1.0");
        message.setHeader("ce_id", ceId(event));
        message.setHeader("ce_source", "/proxmox-discovery/" + cluster);
        message.setHeader(
                "ce_type", "io.github.proxmoxdiscovery.host." + event.type().text() + ".v1");
        message.setHeader("ce_subject", event.id());
        message.setHeader("ce_time", DiscoveredHost.text(event.at()));
        message.setHeader("ce_dataschema", DATA_SCHEMA);
        setWhy(message, event);
        return message;
    }

    private String ceId(Event event) {
        return event.type() == EventType.OBSERVED
                ? event.run() + "/" + event.id()
                : event.id() + "@" + epoch + "." + event.key();
    }

    private static void setWhy(Message message, Event event) {
        if (event.type() == EventType.UPDATED) {
            message.setHeader("ce_changed", String.join(",", event.changed()));
            message.setHeader("ce_previous", event.previous());
        }
        if (event.reason() != null && event.type() != EventType.OBSERVED) {
            message.setHeader("ce_reason", event.reason());
        }
    }
}
