package io.github.proxmoxdiscovery.export;

import java.util.Locale;
import java.util.Set;

/** Makes a label of RFC 1123 of what a guest is called. */
final class DnsName {

    /**
     * Whoever may name a guest must not take these: programs ask for them by themselves, and trust who answers.
     */
    static final Set<String> RESERVED = Set.of(
            "localhost",
            "localdomain",
            "ip6-localhost",
            "ip6-loopback",
            "broadcasthost",
            "wpad",
            "isatap",
            "autoconfig",
            "autodiscover",
            "gateway",
            "router",
            "dns",
            "ns",
            "ntp",
            "dhcp",
            "proxy");

    private static final int LONGEST = 63;

    private DnsName() {}

    /** The first label of the name, or {@code fallback} if nothing of it can be one. */
    static String label(String name, String fallback) {
        String first = name.strip().replaceFirst("\\..*", "");
        String label =
                first.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceFirst("^-+", "");
        label = label.substring(0, Math.min(label.length(), LONGEST)).replaceFirst("-+$", "");
        boolean unusable = label.isEmpty() || RESERVED.contains(label) || label.matches("\\d+");
        return unusable ? fallback : label;
    }

    /** The label with something behind it, cut so that both have room. */
    static String with(String label, String suffix) {
        int room = LONGEST - suffix.length() - 1;
        return label.substring(0, Math.min(label.length(), room)).replaceFirst("-+$", "") + "-" + suffix;
    }
}
