package io.github.proxmoxdiscovery.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run changed in the ledger.
 *
 * @param hosts those that the run saw, each with its number in the ledger, generation and revision
 * @param missing hosts that the ledger has and a complete full run did not find, removed or not yet
 * @param held those among the missing that are held back
 * @param holdReason why removals are held back in this run, or null if they are not
 */
public record Recorded(
        List<RecordedHost> hosts,
        int discovered,
        int updated,
        int removed,
        int excluded,
        int missing,
        int held,
        @Nullable String holdReason) {

    /**
     * A host as a run saw it.
     *
     * @param number its row in the ledger
     * @param body the message, with its generation and revision in it
     */
    public record RecordedHost(long number, String id, long generation, long revision, String body) {}
}
