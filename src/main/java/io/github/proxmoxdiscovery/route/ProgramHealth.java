package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.time.HeartBeat;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether the program itself is alive, whatever Proxmox and the sinks do: the thread that ends what takes too long has
 * its turn. Without it, a hanging request would hang for good.
 */
final class ProgramHealth extends AbstractHealthCheck {

    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    private final HeartBeat heart;

    ProgramHealth(HeartBeat heart) {
        super("proxmox", "proxmox-program");
        this.heart = heart;
    }

    @Override
    public boolean isLiveness() {
        return true;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        Duration silent = heart.silentFor();
        if (silent.compareTo(LONGEST_SILENCE) > 0) {
            result.message(
                    "the thread that ends what takes too long has not had its turn for " + silent.toSeconds() + " s");
            result.down();
        } else {
            result.up();
        }
    }
}
