package io.github.proxmoxdiscovery.route;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What a sink's route does when the sink refuses what it was given and would refuse it again. */
final class Rejection {

    private Rejection() {}

    /**
     * Parks a host that was sent alone.
     *
     * @throws BatchRejectedException for several hosts, so that each is tried alone
     */
    static void of(Exchange exchange, String answer) throws BatchRejectedException {
        List<?> batch = exchange.getVariable("batch", List.class);
        if (batch.size() > 1) {
            throw new BatchRejectedException(answer);
        }
        Message host = (Message) batch.get(0);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader("rejected", Map.of(host.getHeader("id", String.class), answer));
    }
}
