package io.github.proxmoxdiscovery.sim;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code /access/permissions}: the caller's own privileges, by path (PVE/API2/AccessControl.pm). */
final class AccessAnswers {

    private static final List<String> PATHS =
            List.of("/", "/access", "/access/groups", "/nodes", "/pool", "/sdn", "/storage", "/vms");

    private final Accounts accounts;

    AccessAnswers(Accounts accounts) {
        this.accounts = accounts;
    }

    Object permissions(Call call) {
        Set<String> paths = new TreeSet<>(PATHS);
        paths.addAll(accounts.paths());
        if (!call.parameter("path").isEmpty()) {
            paths = Set.of(call.parameter("path"));
        }
        Map<String, Map<String, Integer>> permissions = new TreeMap<>();
        for (String path : paths) {
            Map<String, Integer> flags = call.caller().flags(path);
            if (!flags.isEmpty()) {
                permissions.put(path, flags);
            }
        }
        return permissions;
    }
}
