package io.github.proxmoxdiscovery.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Changes of the route files while the program runs. */
final class RouteMeters {

    private final Counter accepted;
    private final Counter refused;
    private final Gauges isRefused;

    RouteMeters(MeterRegistry registry) {
        this.accepted = reloads(registry, "accepted");
        this.refused = reloads(registry, "refused");
        this.isRefused = new Gauges(
                registry, Names.ROUTES_REFUSED, "", "1 if the route files are wrong, and those before them go on.");
        isRefused.of();
    }

    private static Counter reloads(MeterRegistry registry, String result) {
        return Counter.builder(Names.ROUTE_RELOADS)
                .description("How often changed route files were loaded, or refused.")
                .tag("result", result)
                .register(registry);
    }

    void back() {
        isRefused.set(0);
    }

    void reloaded(boolean isAccepted) {
        (isAccepted ? accepted : refused).increment();
        isRefused.set(isAccepted ? 0 : 1);
    }
}
