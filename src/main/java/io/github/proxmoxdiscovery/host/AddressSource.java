package io.github.proxmoxdiscovery.host;

import java.util.Locale;

/** Where an address is known from. */
public enum AddressSource {
    /** The QEMU guest agent saw it in use. */
    AGENT,
    /** The container runtime saw it in use. */
    LXC,
    /** It is configured: {@code ip=} of a container, {@code ipconfigN} of cloud-init. Nobody saw it in use. */
    CONFIG;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
