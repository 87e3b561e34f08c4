package io.github.proxmoxdiscovery.pve;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What of the privileges that discovery needs a token or user has, on a cluster of some version. */
public final class PrivilegeReview {

    private final PveVersion version;
    private final Permissions permissions;

    public PrivilegeReview(PveVersion version, Permissions permissions) {
        this.version = version;
        this.permissions = permissions;
    }

    public PveVersion version() {
        return version;
    }

    /** Whether it is granted nowhere. */
    public boolean lacks(Need need) {
        return !isGrantedOnAll(need) && parts(need).isEmpty();
    }

    /** Whether it is granted, but not on everything there is. */
    public boolean isLimited(Need need) {
        return !isGrantedOnAll(need) && !parts(need).isEmpty();
    }

    private boolean isGrantedOnAll(Need need) {
        return !granted(need).isEmpty();
    }

    /** The privilege that is granted on everything; empty if none is. */
    public String granted(Need need) {
        return need.privileges(version).stream()
                .filter(privilege -> permissions.onAll(need.path(), privilege))
                .findFirst()
                .orElse("");
    }

    /** The paths on which it is granted, when that is not on everything. */
    public Set<String> parts(Need need) {
        Set<String> parts = new TreeSet<>();
        for (String privilege : need.privileges(version)) {
            parts.addAll(need == Need.POOLS ? permissions.onPools(privilege) : permissions.onPartsOfGuests(privilege));
        }
        return parts;
    }

    /** The privileges that are granted nowhere, by the name of the smallest that would do. */
    public List<String> missing() {
        return Arrays.stream(Need.values())
                .filter(this::lacks)
                .map(need -> need.privileges(version).get(0))
                .toList();
    }

    /** The paths to which a privilege is limited that should hold for all; empty if none is. */
    public List<String> limitedTo() {
        Set<String> paths = new TreeSet<>();
        Arrays.stream(Need.values()).filter(this::isLimited).forEach(need -> paths.addAll(parts(need)));
        return List.copyOf(paths);
    }

    /** As in the run report. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("version", version.release());
        map.put("missing", missing());
        map.put("limited_to", limitedTo());
        return map;
    }
}
