package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.settings.DiscoverySettings;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.time.Schedule;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that no tick of the schedule is lost while the routes that take it are replaced, and none comes twice. */
final class HeldTicks {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.routes");

    private final CamelContext context;
    private final Beans beans;
    private final DiscoverySettings settings;
    private final Instant begin = Instant.now();
    private final boolean full;
    private final boolean quick;
    private final List<Runs.Tick> due;

    private HeldTicks(RouteSwap swap, Settings settings, CamelContext context, Beans beans) {
        this.context = context;
        this.beans = beans;
        this.settings = settings.discovery();
        this.full = swap.replaces("poll");
        this.quick = swap.replaces("poll-quick");
        // A run that a route has started would come to an end with that route before it begins.
        boolean any = swap.hasTaps() && beans.gate().forgetHeld();
        this.due = any ? beans.runs().due() : List.of();
    }

    /** To be made when the gate is closed, before routes are replaced. */
    static HeldTicks before(RouteSwap swap, Settings settings, CamelContext context, Beans beans) {
        return new HeldTicks(swap, settings, context, beans);
    }

    /** Starts what is due, when routes were replaced and the gate is still closed. */
    void after() {
        due.forEach(tick -> beans.gate().execute(() -> send("direct:poll-cluster", tick)));
        if (full && wasMissed(settings.schedule())) {
            send("direct:poll-now", "");
        }
        if (quick && settings.quickSchedule().filter(this::wasMissed).isPresent()) {
            send("direct:poll-quick-now", "");
        }
    }

    private void send(String endpoint, Object body) {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            template.sendBody(endpoint, body);
        } catch (IOException | RuntimeException e) {
            LOG.error("a run that was due did not begin", e);
        }
    }

    /** Whether a tick fell into the moment when nobody listened for it. */
    private boolean wasMissed(String schedule) {
        Instant next = new Schedule(schedule, settings.timeZone()).after(begin);
        return next != null && !next.isAfter(Instant.now());
    }
}
