package io.github.proxmoxdiscovery.route;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * What sinks last failed with. It is up all the same: what a sink does not take is kept for it, and nothing would be
 * better if the program were taken for one that does not work.
 */
final class SinkHealth extends AbstractHealthCheck {

    private final Deliveries deliveries;

    SinkHealth(Deliveries deliveries) {
        super("proxmox", "proxmox-sinks");
        this.deliveries = deliveries;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Map<String, String> problems = deliveries.problems();
        problems.forEach((sink, problem) -> result.detail("sink." + sink, problem));
        if (!problems.isEmpty()) {
            result.message("degraded: " + String.join(", ", problems.keySet()) + " did not take everything");
        }
        result.up();
    }
}
