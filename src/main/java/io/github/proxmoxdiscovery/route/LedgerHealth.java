package io.github.proxmoxdiscovery.route;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether what runs find can be written down. It is not ready when it cannot: then nothing is delivered either. */
final class LedgerHealth extends AbstractHealthCheck {

    private final Records records;

    LedgerHealth(Records records) {
        super("proxmox", "proxmox-ledger");
        this.records = records;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Optional<String> problem = records.problem();
        if (problem.isPresent()) {
            result.message(problem.get());
            result.down();
        } else {
            result.up();
        }
    }
}
