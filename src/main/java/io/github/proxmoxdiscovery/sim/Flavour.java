package io.github.proxmoxdiscovery.sim;

import java.util.List;

/** The release of Proxmox VE whose habits are simulated. Each constant stands where answers changed their shape. */
public enum Flavour {
    PVE_7("7.4-17", "7.4", "513fea2f"),
    /** pve-container before 5.0.6 and qemu-server before 8.0.8. */
    PVE_8_0("8.0.4", "8.0", "d258a813cfa6b390"),
    /** 8.1 to 8.3. */
    PVE_8("8.2.4", "8.2", "faa83925c9641325"),
    /** http-server 5.2.0 and pve-container 5.2.6. */
    PVE_8_4("8.4.1", "8.4", "2a5fa54a8503f96d"),
    PVE_9("9.2.11", "9.2", "0123456789abcdef");

    private final String version;
    private final String release;
    private final String repoId;

    Flavour(String version, String release, String repoId) {
        this.version = version;
        this.release = release;
        this.repoId = repoId;
    }

    String version() {
        return version;
    }

    String release() {
        return release;
    }

    String repoId() {
        return repoId;
    }

    /** The body of an error has a {@code message} since http-server 5.2.0 (Formatter/Standard.pm). */
    boolean errorsHaveMessage() {
        return compareTo(PVE_8_4) >= 0;
    }

    /** {@code vmid} in a node's container list was a string before pve-container 5.0.10 (LXC.pm vmstatus). */
    boolean containerVmidIsText() {
        return compareTo(PVE_8_0) <= 0;
    }

    /** {@code memory} of a VM became a property string with qemu-server 8.0.8. */
    boolean memoryIsText() {
        return compareTo(PVE_8) >= 0;
    }

    /** {@code GET …/lxc/{vmid}/interfaces} exists since pve-container 5.0.6. */
    boolean hasContainerInterfaces() {
        return compareTo(PVE_8) >= 0;
    }

    /** {@code ip-addresses} beside {@code inet} and {@code inet6}, since pve-container 5.2.6. */
    boolean hasContainerAddressLists() {
        return compareTo(PVE_8_4) >= 0;
    }

    /** {@code memhost}, {@code pressure…} and the {@code network} resources came with 9. */
    boolean isNine() {
        return this == PVE_9;
    }

    /** Any one of these allows the reading calls of the guest agent. */
    List<String> agentPrivileges() {
        return isNine() ? List.of("VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted") : List.of("VM.Monitor");
    }

    boolean knows(String privilege) {
        return switch (privilege) {
            case "VM.Monitor" -> !isNine();
            case "VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted" -> isNine();
            case "Mapping.Audit" -> this != PVE_7;
            default -> true;
        };
    }
}
