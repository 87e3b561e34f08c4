package io.github.proxmoxdiscovery.settings;

import java.util.Map;

/**
 * Whether each node is asked itself, and not the entry node for all.
 *
 * @param addresses by node name, {@code https://host:port}; those that are not in it are looked up in the cluster
 */
public record Direct(boolean on, Map<String, String> addresses) {

    public Direct {
        addresses = Map.copyOf(addresses);
    }
}
