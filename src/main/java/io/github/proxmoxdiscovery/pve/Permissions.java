package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a token or user may do, from {@code /access/permissions}: privileges by path, each with whether it holds below
 * the path, too. Proxmox always tells of the paths {@code /vms} and {@code /pool}, and of each that has an entry
 * (PVE/API2/AccessControl.pm).
 */
public final class Permissions {

    private static final String GUESTS = "/vms";
    private static final String POOLS = "/pool";

    private final Map<String, Map<String, Boolean>> byPath;

    private Permissions(Map<String, Map<String, Boolean>> byPath) {
        this.byPath = byPath;
    }

    public static Permissions parse(JsonNode data) {
        Map<String, Map<String, Boolean>> byPath = new HashMap<>();
        data.properties().forEach(entry -> {
            Map<String, Boolean> granted = new HashMap<>();
            entry.getValue()
                    .properties()
                    .forEach(flag -> granted.put(flag.getKey(), flag.getValue().asInt(1) != 0));
            byPath.put(entry.getKey(), granted);
        });
        return new Permissions(byPath);
    }

    /** Whether a privilege is granted on any path at all. */
    public boolean anywhere(String privilege) {
        return byPath.values().stream().anyMatch(granted -> granted.containsKey(privilege));
    }

    /** Whether a privilege is granted where guests are: on all of them, on some, or on the pool of some. */
    public boolean onGuests(String privilege) {
        return onAll(GUESTS, privilege) || !onPartsOfGuests(privilege).isEmpty();
    }

    /** Whether a privilege is granted on everything below a path, {@code /vms} or {@code /pool}. */
    public boolean onAll(String path, String privilege) {
        return byPath.getOrDefault(path, Map.of()).getOrDefault(privilege, false);
    }

    /** The paths of single guests, and those of pools, on which a privilege is granted. */
    public Set<String> onPartsOfGuests(String privilege) {
        Set<String> paths = granted(privilege, path -> path.startsWith(GUESTS + "/"));
        paths.addAll(onAll(POOLS, privilege) ? Set.of(POOLS) : onPools(privilege));
        return paths;
    }

    /** The paths of the single pools on which a privilege is granted. */
    public Set<String> onPools(String privilege) {
        return granted(privilege, path -> path.startsWith(POOLS + "/"));
    }

    /** Whether a privilege is granted on this pool: the deepest path that says something of it decides. */
    public boolean onPool(String pool, String privilege) {
        String path = POOLS + "/" + pool;
        Map<String, Boolean> own = byPath.get(path);
        while (own == null && path.lastIndexOf('/') > 0) {
            path = path.substring(0, path.lastIndexOf('/'));
            if (byPath.containsKey(path)) {
                return onAll(path, privilege);
            }
        }
        return own != null && own.containsKey(privilege);
    }

    private Set<String> granted(String privilege, Predicate<String> wanted) {
        return byPath.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()) && entry.getValue().containsKey(privilege))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
