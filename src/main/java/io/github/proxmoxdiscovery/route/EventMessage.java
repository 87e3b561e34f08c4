package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.ledger.Event;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultMessage;

/** The message of an event, which remembers what is to be acknowledged when a sink took it. */
final class EventMessage extends DefaultMessage {

    private final Event event;

    EventMessage(CamelContext context, Event event) {
        super(context);
        this.event = event;
    }

    Event event() {
        return event;
    }
}
