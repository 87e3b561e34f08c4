package io.github.proxmoxdiscovery.kamelet;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * Reads one cluster for as long as it is started, with a pipeline of its own. A suspended one reads nothing; what it
 * has told is not forgotten.
 */
final class ProxmoxHostsConsumer extends DefaultConsumer implements Suspendable {

    private final ProxmoxHostsEndpoint endpoint;
    private final ClusterHealth health;
    private final RouteFollower follower = new RouteFollower(this::getRouteId, this::begin, this::end);
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
        endpoint.getCamelContext().getManagementStrategy().addEventNotifier(follower);
        ServiceHelper.startService(follower);
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
        endpoint.getCamelContext().getManagementStrategy().removeEventNotifier(follower);
        ServiceHelper.stopService(follower);
        end();
        super.doStop();
    }

    private synchronized void begin() throws Exception {
        if (pipeline != null) {
            return;
        }
        CamelContext context = endpoint.getCamelContext();
        ToldHosts hosts = new ToldHosts(this::tell, health::report);
        HostPipeline started = HostPipeline.start(endpoint.cluster(), endpoint.options(), hosts);
        pipeline = started;
        // Not before all routes of the application are there.
        context.addStartupListener((ready, before) -> started.pollFirst());
    }

    private synchronized void end() {
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
