package io.github.proxmoxdiscovery.route;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Parks a host whose record Kafka will never take, however often it is sent. */
public final class KafkaRejection implements Processor {

    @Override
    public void process(Exchange exchange) throws BatchRejectedException {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        Rejection.of(exchange, cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }
}
