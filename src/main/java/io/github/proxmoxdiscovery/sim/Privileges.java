package io.github.proxmoxdiscovery.sim;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a token or user may do: privileges by path. As in Proxmox, an entry counts for everything below its path and a
 * deeper one replaces it. Privileges that a release does not know are no privileges there.
 */
public record Privileges(Map<String, Set<String>> acl) {

    private static final Set<String> AUDITOR = Set.of(
            "VM.Audit",
            "VM.GuestAgent.Audit",
            "Sys.Audit",
            "Datastore.Audit",
            "SDN.Audit",
            "Pool.Audit",
            "Mapping.Audit");

    public Privileges {
        acl = Map.copyOf(acl);
    }

    /** A token with privilege separation and no entry of its own: it logs in and sees nothing. */
    public static Privileges none() {
        return new Privileges(Map.of());
    }

    /** The role PVEAuditor on {@code /}; before 9 it does not cover the guest agent. */
    public static Privileges auditor() {
        return new Privileges(Map.of("/", AUDITOR));
    }

    /** All that discovery needs, on any release: PVEAuditor and VM.Monitor. */
    public static Privileges full() {
        return auditor().with("/", "VM.Monitor");
    }

    /** The same without the guest agent, on any release. */
    public static Privileges withoutAgent() {
        return auditor().without("VM.GuestAgent.Audit");
    }

    /** Exactly these privileges on the path, in place of what is inherited. */
    public Privileges on(String path, String... privileges) {
        Map<String, Set<String>> changed = new TreeMap<>(acl);
        changed.put(path, Set.of(privileges));
        return new Privileges(changed);
    }

    /** These privileges in addition to what counts on the path now. */
    public Privileges with(String path, String... privileges) {
        Set<String> together = new TreeSet<>(at(path));
        together.addAll(Arrays.asList(privileges));
        return on(path, together.toArray(String[]::new));
    }

    /** The same entries less the privilege. */
    public Privileges without(String privilege) {
        Map<String, Set<String>> changed = new TreeMap<>();
        acl.forEach((path, privileges) -> {
            Set<String> less = new TreeSet<>(privileges);
            less.remove(privilege);
            changed.put(path, less);
        });
        return new Privileges(changed);
    }

    boolean allow(String path, String privilege) {
        return at(path).contains(privilege);
    }

    Set<String> at(String path) {
        String candidate = path;
        while (!acl.containsKey(candidate) && !candidate.equals("/")) {
            int slash = candidate.lastIndexOf('/');
            candidate = slash <= 0 ? "/" : candidate.substring(0, slash);
        }
        return acl.getOrDefault(candidate, Set.of());
    }
}
