package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what the routes of the server are asked. */
public final class Api {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.server");
    private static final int FAILED = 500;

    private final ServerStatus status;

    Api(ServerStatus status) {
        this.status = status;
    }

    /** What the program does right now. */
    public void status(Exchange exchange) throws LedgerException {
        json(exchange, status.json());
    }

    /** A route failed: the client is told no more than that. */
    public void failed(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LOG.error("{} could not be answered", exchange.getFromEndpoint().getEndpointUri(), thrown);
        json(exchange, JsonNodeFactory.instance.objectNode().put("error", "this failed; the log says why"));
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, FAILED);
    }

    private static void json(Exchange exchange, JsonNode json) {
        // What came with the request would else go back with the answer, the password included.
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
