package io.github.proxmoxdiscovery.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host that is there, as far as is known.
 *
 * @param stale whether the last full run did not see it
 * @param observedAt when it was last seen, as the message has it, or null
 * @param body the message, as it was when it last changed
 */
public record PresentHost(
        String id,
        boolean stale,
        long generation,
        long revision,
        @Nullable String observedAt,
        String body) {

    /** So many are read at once. */
    public static final int PAGE = 500;

    private static final String HOSTS =
            "SELECT h.id, h.stale, h.generation, h.revision, h.observed_at, r.body FROM host h"
                    + " JOIN revision r ON r.host = h.number AND r.revision = h.revision"
                    + " WHERE h.cluster = ? AND h.state = 'present'";

    static final String SELECT = HOSTS + " AND h.id > ? ORDER BY h.id LIMIT ?";
    static final String SELECT_ONE = HOSTS + " AND h.id = ?";

    static PresentHost of(ResultSet row) throws SQLException {
        return new PresentHost(
                row.getString(1),
                row.getInt(2) != 0,
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6));
    }

    /** The message with its numbers, the time of the last observation, and what is stale marked so. */
    public String message() {
        String numbered = Numbered.body(body, generation, revision);
        ObjectNode tree = tree(numbered);
        return tree == null ? numbered : tree.toString();
    }

    /** The same as a tree; empty if a route file made something else of it than a JSON object. */
    public Optional<ObjectNode> tree() {
        return Optional.ofNullable(tree(Numbered.body(body, generation, revision)));
    }

    private @Nullable ObjectNode tree(String numbered) {
        ObjectNode tree = ChangeRules.tree(numbered);
        if (tree == null) {
            return null;
        }
        if (observedAt != null && tree.has("observed_at")) {
            tree.put("observed_at", observedAt);
        }
        if (stale && tree.get("proxmox") instanceof ObjectNode proxmox) {
            LastKnown.markStale(proxmox);
        }
        return tree;
    }
}
