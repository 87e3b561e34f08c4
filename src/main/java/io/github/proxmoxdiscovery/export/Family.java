package io.github.proxmoxdiscovery.export;

import io.github.proxmoxdiscovery.host.IpAddress;
import java.util.Optional;
import java.util.function.Predicate;

/** Which addresses are wanted: the parameter {@code family}, 4 or 6; without it, any. */
final class Family implements Predicate<IpAddress> {

    static final String PARAMETER = "family";

    private final Optional<Boolean> ipv4;

    private Family(Optional<Boolean> ipv4) {
        this.ipv4 = ipv4;
    }

    static Family of(Query query) throws BadQueryException {
        return new Family(query.oneOf(PARAMETER, "4", "6").map("4"::equals));
    }

    @Override
    public boolean test(IpAddress address) {
        return !address.isLinkLocal() && (ipv4.isEmpty() || ipv4.get() == address.isIpv4());
    }
}
