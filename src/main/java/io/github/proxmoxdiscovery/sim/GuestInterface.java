package io.github.proxmoxdiscovery.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network interface as the guest itself sees it.
 *
 * @param hardwareAddress null where the guest has none to tell (tun, Windows loopback)
 * @param addresses each as {@code address/prefix}; a zone stays: {@code fe80::1%12/64}
 * @param statistics whether the guest agent tells counters
 */
public record GuestInterface(
        String name, @Nullable String hardwareAddress, List<String> addresses, boolean statistics) {

    public GuestInterface {
        addresses = List.copyOf(addresses);
    }

    static boolean isIpv6(String address) {
        return address.indexOf(':') >= 0;
    }

    static String withoutPrefix(String address) {
        return address.substring(0, address.lastIndexOf('/'));
    }

    static int prefix(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf('/') + 1));
    }
}
