package io.github.proxmoxdiscovery.export;

import io.github.proxmoxdiscovery.host.IpAddress;
import java.util.Optional;

/** An address, or all addresses with a prefix. */
record AddressRange(IpAddress address, int prefix) {

    /** What is written as an address or as {@code address/prefix}; empty if it is neither. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return address.map(one -> new AddressRange(one, one.bits()));
        }
        String prefix = text.substring(slash + 1);
        return address.filter(one -> prefix.matches("\\d{1,3}") && Integer.parseInt(prefix) <= one.bits())
                .map(one -> new AddressRange(one, Integer.parseInt(prefix)));
    }

    boolean contains(IpAddress other) {
        return other.isIn(address, prefix);
    }
}
