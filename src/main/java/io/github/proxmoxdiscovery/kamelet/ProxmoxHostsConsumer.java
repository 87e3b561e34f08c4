package io.github.proxmoxdiscovery.kamelet;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one cluster for as long as it is started, with a pipeline of its own. A suspended one reads nothing; what it
 * has told is not forgotten.
 */
final class ProxmoxHostsConsumer extends DefaultConsumer implements Suspendable {

    private final ProxmoxHostsEndpoint endpoint;
    private final ClusterHealth health;
    private @Nullable HostPipeline pipeline;

    ProxmoxHostsConsumer(ProxmoxHostsEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.health = new ClusterHealth(endpoint.cluster());
        setHealthCheck(health);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        begin();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        begin();
    }

    @Override
    protected void doSuspend() throws Exception {
        end();
        super.doSuspend();
    }

    @Override
    protected void doStop() throws Exception {
        end();
        super.doStop();
    }

    private void begin() throws Exception {
        CamelContext context = endpoint.getCamelContext();
        ToldHosts hosts = new ToldHosts(this::tell, health::report);
        HostPipeline started = HostPipeline.start(endpoint.cluster(), endpoint.options(), hosts);
        pipeline = started;
        // Not before all routes of the application are there.
        context.addStartupListener((ready, before) -> started.pollNow());
    }

    private void end() {
        HostPipeline ending = pipeline;
        pipeline = null;
        if (ending != null) {
            ending.close();
        }
    }

    /** Has the route of the application take a host; gives what the route failed with, or null. */
    private @Nullable Exception tell(Message host) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.getMessage().setBody(host.getBody());
            exchange.getMessage().setHeaders(host.getHeaders());
            getProcessor().process(exchange);
            return failure(exchange);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private static @Nullable Exception failure(Exchange exchange) {
        if (exchange.getException() == null && exchange.isRollbackOnly()) {
            return new IllegalStateException("it rolled back");
        }
        return exchange.getException();
    }
}
