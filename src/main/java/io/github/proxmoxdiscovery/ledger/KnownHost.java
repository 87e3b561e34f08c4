package io.github.proxmoxdiscovery.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A host as the ledger has it.
 *
 * @param guest as {@code qemu/101}
 * @param missing complete full runs in a row that did not find it
 * @param held whether its removal is held back
 * @param stale whether the last full run did not see it
 * @param hash of the content of its revision
 */
record KnownHost(
        long number,
        String id,
        String guest,
        HostState state,
        long generation,
        long revision,
        int missing,
        Held held,
        boolean stale,
        @Nullable String hash) {

    static final String COLUMNS =
            "SELECT h.number, h.id, h.guest, h.state, h.generation, h.revision, h.missing, h.held,"
                    + " h.stale, r.hash FROM host h LEFT JOIN revision r ON r.host = h.number AND r.revision = h.revision";

    /** Whether a removal waits for a word of the operator. */
    enum Held {
        NO,
        YES,
        /** It waited, and was confirmed. */
        CONFIRMED
    }

    static KnownHost of(ResultSet row) throws SQLException {
        return new KnownHost(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                HostState.parse(row.getString(4)),
                row.getLong(5),
                row.getLong(6),
                row.getInt(7),
                Held.values()[row.getInt(8)],
                row.getInt(9) != 0,
                row.getString(10));
    }

    /** Whether a full run did not see it. */
    boolean isMissed() {
        return missing > 0 || stale || held != Held.NO;
    }

    boolean isPresent() {
        return state == HostState.PRESENT;
    }
}
