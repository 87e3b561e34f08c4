package io.github.proxmoxdiscovery.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run saw of a cluster.
 *
 * @param at when the run began
 * @param full whether it looked at everything; else only at what changed
 * @param complete whether it missed nothing of what it looked at
 * @param guests those that were read, as {@code qemu/101}
 * @param excluded guests, as {@code qemu/101}, that exist but are left out by the filters
 * @param hidden guests that are known to exist though the run could not see them
 * @param unasked guests that are not listed any more, and of which this run does not know whether they exist
 * @param permissions what the login may do there, in a form that is equal when that is equal; null if it was not told
 * @param settings how the cluster is looked at, in such a form
 */
public record Observation(
        String cluster,
        String run,
        Instant at,
        boolean full,
        boolean complete,
        List<ObservedHost> hosts,
        Set<String> guests,
        Set<String> excluded,
        Set<String> hidden,
        Set<String> unasked,
        @Nullable String permissions,
        String settings) {

    /**
     * A host that the run saw.
     *
     * @param id as the message has it
     * @param guest the guest that has the interface, as {@code qemu/101}
     * @param uuid what tells the guest from another one with the same number, or null
     * @param body the message, JSON as a rule
     */
    public record ObservedHost(
            String id, String guest, @Nullable String uuid, String body) {}
}
