package io.github.proxmoxdiscovery.host;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A unicast MAC address in lower case, its octets joined by colons: the only form that Proxmox accepts in a network line
 * (PVE/JSONSchema.pm, {@code mac-addr}).
 */
public record MacAddress(String text) {

    private static final Pattern UNICAST = Pattern.compile("[0-9a-f][02468ace](:[0-9a-f]{2}){5}");

    /** @throws IllegalArgumentException unless the text has the form of this class */
    public MacAddress {
        if (!UNICAST.matcher(text).matches()) {
            throw new IllegalArgumentException("not a unicast MAC address in lower case: " + text);
        }
    }

    /** The address in this text, in any case; empty if it is none, or not a unicast one. */
    public static Optional<MacAddress> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return UNICAST.matcher(lower).matches() ? Optional.of(new MacAddress(lower)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
