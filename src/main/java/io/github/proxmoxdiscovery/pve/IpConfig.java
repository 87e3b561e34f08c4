package io.github.proxmoxdiscovery.pve;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses that cloud-init is to give to an interface, {@code ipconfig0} to {@code ipconfig31}
 * (PVE/QemuServer.pm, {@code pve-qm-ipconfig}). Configured, not observed.
 */
final class IpConfig {

    private IpConfig() {}

    /** The static addresses of a line; {@code dhcp}, {@code auto}, {@code manual} and what makes no sense are none. */
    static List<Cidr> addresses(String text) {
        PropertyString line = PropertyString.parse(text);
        if (!line.isWellFormed()) {
            return List.of();
        }
        return Stream.of(line.get("ip").flatMap(Cidr::parseV4), line.get("ip6").flatMap(Cidr::parseV6))
                .flatMap(Optional::stream)
                .toList();
    }
}
