package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** What a token or user may do, from {@code /access/permissions}: privileges by path. */
public final class Permissions {

    private final Set<String> granted;

    private Permissions(Set<String> granted) {
        this.granted = granted;
    }

    public static Permissions parse(JsonNode data) {
        Set<String> granted = new HashSet<>();
        data.forEach(path -> path.fieldNames().forEachRemaining(granted::add));
        return new Permissions(granted);
    }

    /** Whether a privilege is granted on any path at all. */
    public boolean anywhere(String privilege) {
        return granted.contains(privilege);
    }
}
