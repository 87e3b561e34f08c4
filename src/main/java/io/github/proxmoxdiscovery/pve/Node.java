package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A node of a cluster, from {@code /nodes}, which lists every one even to a token without rights. */
public record Node(String name, Status status) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-.A-Za-z0-9]*[A-Za-z0-9])?");

    /** What the cluster knows of a node. */
    public enum Status {
        ONLINE,
        OFFLINE,
        /** It sent no figures lately; that does not mean that it is offline. */
        UNKNOWN
    }

    /** The nodes in these rows; a row without a name is left out. */
    public static List<Node> parseList(JsonNode rows) {
        return Json.elements(rows).map(Node::parse).flatMap(Optional::stream).toList();
    }

    private static Optional<Node> parse(JsonNode row) {
        String name = Json.text(row, "node");
        return name == null || !isName(name) ? Optional.empty() : Optional.of(new Node(name, status(row)));
    }

    private static Status status(JsonNode row) {
        return switch (String.valueOf(Json.text(row, "status"))) {
            case "online" -> Status.ONLINE;
            case "offline" -> Status.OFFLINE;
            default -> Status.UNKNOWN;
        };
    }

    /** Whether this can be the name of a node, and so a part of a path. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
