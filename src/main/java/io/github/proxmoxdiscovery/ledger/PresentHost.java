package io.github.proxmoxdiscovery.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A host that is there, as far as is known.
 *
 * @param stale whether the last full run did not see it
 * @param body the message, as it was when it last changed, with the time of the last observation
 */
public record PresentHost(String id, boolean stale, String body) {

    static final int PAGE = 500;

    static final String SELECT = "SELECT h.id, h.stale, h.generation, h.revision, h.observed_at, r.body FROM host h"
            + " JOIN revision r ON r.host = h.number AND r.revision = h.revision"
            + " WHERE h.cluster = ? AND h.state = 'present' AND h.id > ? ORDER BY h.id LIMIT ?";

    static PresentHost of(ResultSet row) throws SQLException {
        String body = Numbered.body(row.getString(6), row.getLong(3), row.getLong(4));
        boolean stale = row.getInt(2) != 0;
        ObjectNode tree = ChangeRules.tree(body);
        if (tree == null) {
            return new PresentHost(row.getString(1), stale, body);
        }
        String observedAt = row.getString(5);
        if (observedAt != null && tree.has("observed_at")) {
            tree.put("observed_at", observedAt);
        }
        if (stale) {
            markStale(tree);
        }
        return new PresentHost(row.getString(1), stale, tree.toString());
    }

    private static void markStale(ObjectNode tree) {
        if (!(tree.get("proxmox") instanceof ObjectNode proxmox)) {
            return;
        }
        for (JsonNode address : proxmox.path("addresses")) {
            if (address instanceof ObjectNode one) {
                one.put("stale", true);
            }
        }
        if (proxmox.get("notes") instanceof ArrayNode notes && !notes.toString().contains("\"ADDRESSES_STALE\"")) {
            notes.add("ADDRESSES_STALE");
        }
    }
}
