package io.github.proxmoxdiscovery.host;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of guest that Proxmox VE runs. */
public enum GuestType {
    /** A virtual machine. */
    QEMU("qemu", "vm-"),
    /** A container. */
    LXC("lxc", "ct-");

    private final String text;
    private final String prefix;

    GuestType(String text, String prefix) {
        this.text = text;
        this.prefix = prefix;
    }

    /** The word that the API uses in paths and lists. */
    public String text() {
        return text;
    }

    /** What a guest that has no configured name is called. */
    public String nameOf(long vmid) {
        return prefix + vmid;
    }

    /** The type with this text. */
    public static Optional<GuestType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }
}
