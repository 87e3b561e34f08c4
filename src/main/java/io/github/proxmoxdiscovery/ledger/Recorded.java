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
 * @param changes what is new, different or gone by this run, in the order in which it was written down
 * @param allChanges whether these are all of them; else there were too many
 */
public record Recorded(
        List<RecordedHost> hosts,
        int discovered,
        int updated,
        int removed,
        int excluded,
        int missing,
        int held,
        @Nullable String holdReason,
        List<Event> changes,
        boolean allChanges) {

    /** A run that saw and changed nothing. */
    public static final Recorded NOTHING = new Recorded(List.of(), 0, 0, 0, 0, 0, 0, null, List.of(), true);

    /**
     * A host as a run saw it.
     *
     * @param number its row in the ledger
     * @param body the message, with its generation and revision in it
     */
    public record RecordedHost(long number, String id, long generation, long revision, String body) {}
}
