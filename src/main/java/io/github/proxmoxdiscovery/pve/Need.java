package io.github.proxmoxdiscovery.pve;

import java.util.List;

/** What discovery needs privileges for (PVE/API2/Qemu.pm, PVE/API2/Qemu/Agent.pm, PVE/API2/LXC.pm). */
public enum Need {
    /** Lists of guests, their configs, and the interfaces of containers. */
    GUESTS("/vms", "no guest is seen"),
    /** The addresses that the guest agent of a virtual machine tells. */
    AGENT("/vms", "no agent is asked: MACs and configured addresses are read"),
    /** The pool of each guest. */
    POOLS("/pool", "the pool of each guest is unknown");

    private final String path;
    private final String without;

    Need(String path, String without) {
        this.path = path;
        this.without = without;
    }

    /** The path on which the privilege is to be granted, for all that is below. */
    public String path() {
        return path;
    }

    /** What it is like without, for people. */
    public String without() {
        return without;
    }

    /** The privileges any of which will do, the smallest one first. */
    public List<String> privileges(PveVersion version) {
        return switch (this) {
            case GUESTS -> List.of("VM.Audit");
            case AGENT ->
                version.hasAgentPrivileges()
                        ? List.of("VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted")
                        : List.of("VM.Monitor");
            case POOLS -> List.of("Pool.Audit");
        };
    }
}
