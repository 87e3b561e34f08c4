package io.github.proxmoxdiscovery.route;

import jakarta.jms.Session;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.MessageCreatedStrategy;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.proton.amqp.Symbol;
import org.jspecify.annotations.Nullable;

/** Says in the AMQP message itself what is in it. JMS cannot say it. */
public final class AmqpContentType implements MessageCreatedStrategy {

    private static final Symbol JSON = Symbol.valueOf("application/json");

    @Override
    public void onMessageCreated(
            jakarta.jms.Message message,
            @Nullable Session session,
            @Nullable Exchange exchange,
            @Nullable Throwable cause) {
        if (message instanceof JmsMessage amqp && amqp.getFacade() instanceof AmqpJmsMessageFacade facade) {
            facade.setContentType(JSON);
        }
    }
}
