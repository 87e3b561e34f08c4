package io.github.proxmoxdiscovery.memory;

import io.github.proxmoxdiscovery.host.AgentState;
import io.github.proxmoxdiscovery.time.Doubling;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one agent.
 *
 * @param uuid of the guest: another one has its number by now if it has another uuid
 * @param seen the interfaces that it told last, as JSON, or null: short, as there is one for each guest
 * @param seenAt when it told them, or null
 * @param silence since when it does not answer, or null if it does
 */
record AgentRecord(
        @Nullable String uuid,
        @Nullable String seen,
        @Nullable Instant seenAt,
        @Nullable Silence silence) {

    private static final Doubling REST = new Doubling(Duration.ofMinutes(1), Duration.ofHours(1));

    /**
     * An agent that does not answer.
     *
     * @param times how often it was asked in vain, one after the other
     * @param at when it was asked last
     * @param digest of the guest's config then, or null
     */
    record Silence(
            int times,
            Instant at,
            AgentState state,
            String message,
            @Nullable String digest) {

        /** When it is asked again: a minute later, and twice as long each time, up to an hour. */
        Instant until() {
            return at.plus(REST.after(times));
        }
    }

    AgentRecord withSilence(@Nullable Silence next) {
        return new AgentRecord(uuid, seen, seenAt, next);
    }
}
