package io.github.proxmoxdiscovery.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sink is to be told of a host.
 *
 * @param number of the host in the ledger
 * @param at when the run began that saw it so
 * @param run that run
 * @param reason why it is removed or excluded, or null
 * @param body the message
 * @param changed the paths at which an updated host differs from what the sink has
 * @param previous what the sink has there, a JSON object
 */
public record Event(
        long number,
        String id,
        EventType type,
        long generation,
        long revision,
        Instant at,
        String run,
        @Nullable String reason,
        String body,
        List<String> changed,
        String previous) {

    static final String REPLACED = "guest_replaced";

    /** The same whenever the same is sent again, and never that of another event of the host. */
    public String key() {
        return generation + "." + revision;
    }

    /** Whether another guest has the number by now: the sink is to be told of that one next. */
    public boolean isEndOfReplacedGuest() {
        return REPLACED.equals(reason);
    }

    HostState state() {
        return switch (type) {
            case REMOVED -> HostState.REMOVED;
            case EXCLUDED -> HostState.EXCLUDED;
            default -> HostState.PRESENT;
        };
    }
}
