package io.github.proxmoxdiscovery.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who asks, and what that one may do on this release. */
record Caller(String user, Privileges privileges, Flavour flavour) {

    boolean may(String path, String privilege) {
        return flavour.knows(privilege) && privileges.allow(path, privilege);
    }

    /** On a guest, what is granted on its pool counts too (RPCEnvironment.pm check_vm_perm). */
    boolean mayOnGuest(int vmid, Optional<String> pool, List<String> anyOf) {
        return anyOf.stream()
                .anyMatch(privilege -> may("/vms/" + vmid, privilege)
                        || pool.filter(name -> may("/pool/" + name, privilege)).isPresent());
    }

    boolean sees(SimulatedGuest guest) {
        return mayOnGuest(guest.vmid(), guest.pool(), List.of("VM.Audit"));
    }

    /** Privileges on the path with their propagate flag, as {@code /access/permissions} shows them. */
    Map<String, Integer> flags(String path) {
        Map<String, Integer> flags = new TreeMap<>();
        Set<String> known = new TreeSet<>(privileges.at(path));
        known.removeIf(privilege -> !flavour.knows(privilege));
        known.forEach(privilege -> flags.put(privilege, 1));
        return flags;
    }
}
