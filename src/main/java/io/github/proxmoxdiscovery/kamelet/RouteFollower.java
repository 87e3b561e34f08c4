package io.github.proxmoxdiscovery.kamelet;

import java.util.function.Supplier;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.RouteStartedEvent;
import org.apache.camel.spi.CamelEvent.RouteStoppedEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Tells when the route stops and starts that uses a Kamelet. Camel stops only that one; the route of the Kamelet, in
 * which the source is, would go on without anybody who takes its hosts.
 */
final class RouteFollower extends EventNotifierSupport {

    /** What is done when the route starts. */
    @FunctionalInterface
    interface Start {
        void run() throws Exception;
    }

    private final Supplier<String> ofKamelet;
    private final Start started;
    private final Runnable stopped;

    /** @param ofKamelet the id of the route of the Kamelet */
    RouteFollower(Supplier<String> ofKamelet, Start started, Runnable stopped) {
        this.ofKamelet = ofKamelet;
        this.started = started;
        this.stopped = stopped;
        setIgnoreExchangeEvents(true);
        setIgnoreStepEvents(true);
    }

    @Override
    public void notify(CamelEvent event) throws Exception {
        if (event instanceof RouteStartedEvent start && isUser(start.getRoute())) {
            started.run();
        } else if (event instanceof RouteStoppedEvent stop && isUser(stop.getRoute())) {
            stopped.run();
        }
    }

    private boolean isUser(Route route) {
        return route.getEndpoint() instanceof KameletEndpoint kamelet
                && kamelet.getRouteId().equals(ofKamelet.get());
    }
}
