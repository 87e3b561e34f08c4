package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a token or user may do, from {@code /access/permissions}: privileges by path. */
public final class Permissions {

    private static final String POOLS = "/pool";

    private final Map<String, Set<String>> byPath;

    private Permissions(Map<String, Set<String>> byPath) {
        this.byPath = byPath;
    }

    public static Permissions parse(JsonNode data) {
        Map<String, Set<String>> byPath = new HashMap<>();
        data.properties().forEach(entry -> {
            Set<String> granted = new HashSet<>();
            entry.getValue().fieldNames().forEachRemaining(granted::add);
            byPath.put(entry.getKey(), granted);
        });
        return new Permissions(byPath);
    }

    /** Whether a privilege is granted on any path at all. */
    public boolean anywhere(String privilege) {
        return byPath.values().stream().anyMatch(granted -> granted.contains(privilege));
    }

    /** Whether a privilege is granted where guests are: on all of them, on some, or on the pool of some. */
    public boolean onGuests(String privilege) {
        return byPath.entrySet().stream()
                .filter(entry ->
                        entry.getKey().equals("/") || isBelow("/vms", entry.getKey()) || isBelow(POOLS, entry.getKey()))
                .anyMatch(entry -> entry.getValue().contains(privilege));
    }

    /** Whether a privilege is granted on this pool: the deepest path that says something of it decides. */
    public boolean onPool(String pool, String privilege) {
        String path = POOLS + "/" + pool;
        while (!byPath.containsKey(path) && !path.equals("/")) {
            path = path.substring(0, Math.max(path.lastIndexOf('/'), 1));
        }
        return byPath.getOrDefault(path, Set.of()).contains(privilege);
    }

    private static boolean isBelow(String top, String path) {
        return path.equals(top) || path.startsWith(top + "/");
    }
}
