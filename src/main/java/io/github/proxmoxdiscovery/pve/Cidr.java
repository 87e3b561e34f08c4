package io.github.proxmoxdiscovery.pve;

import io.github.proxmoxdiscovery.host.IpAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address with the length of its network's prefix, as in {@code ip=10.0.0.5/24} (PVE/JSONSchema.pm, {@code CIDRv4}
 * and {@code CIDRv6}, which want a prefix of at least 8).
 */
record Cidr(IpAddress address, int prefix) {

    private static final int SHORTEST_PREFIX = 8;
    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f.:]+)/(\\d{1,3})");

    static Optional<Cidr> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(form.group(2));
        return IpAddress.parse(form.group(1))
                .filter(address -> prefix >= SHORTEST_PREFIX && prefix <= address.bits())
                .map(address -> new Cidr(address, prefix));
    }

    static Optional<Cidr> parseV4(String text) {
        return parse(text).filter(cidr -> cidr.address().isIpv4());
    }

    static Optional<Cidr> parseV6(String text) {
        return parse(text).filter(cidr -> !cidr.address().isIpv4());
    }
}
