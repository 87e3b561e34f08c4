package io.github.proxmoxdiscovery.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What discovery has to find for one network interface, known from the truth and not from reading config lines.
 *
 * @param id {@code cluster/type/vmid/netN}
 * @param mac lower case
 * @param hostname the configured name, or {@code vm-101}, {@code ct-300}
 * @param addresses without prefix, IPv4 first, then numerically; no loopback, no link-local
 */
public record ExpectedHost(
        String id,
        String mac,
        String hostname,
        List<String> addresses,
        @Nullable Integer vlan,
        String bridge,
        String status,
        boolean template,
        String node,
        List<String> tags,
        @Nullable String pool) {}
