package io.github.proxmoxdiscovery.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes generation and revision into a message, unless a route file has taken them out of it. */
final class Numbered {

    private static final String NONE = "\"generation\":null,\"revision\":null";

    private Numbered() {}

    static String body(String body, long generation, long revision) {
        int at = body.indexOf(NONE);
        // In a string, the quotes would have backslashes before them.
        if (at >= 0 && body.indexOf(NONE, at + 1) < 0) {
            return body.substring(0, at) + "\"generation\":" + generation + ",\"revision\":" + revision
                    + body.substring(at + NONE.length());
        }
        ObjectNode tree = ChangeRules.tree(body);
        if (tree == null || !tree.has("generation") && !tree.has("revision")) {
            return body;
        }
        if (tree.has("generation")) {
            tree.put("generation", generation);
        }
        if (tree.has("revision")) {
            tree.put("revision", revision);
        }
        return tree.toString();
    }
}
