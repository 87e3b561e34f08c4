package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.pve.ClusterIdentity;
import io.github.proxmoxdiscovery.run.ClusterIdentities;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** As long as the process lasts. */
final class IdentitiesInMemory implements ClusterIdentities {

    private final Map<String, ClusterIdentity> byCluster = new ConcurrentHashMap<>();

    @Override
    public Optional<ClusterIdentity> of(String cluster) {
        return Optional.ofNullable(byCluster.get(cluster));
    }

    @Override
    public void set(String cluster, ClusterIdentity identity) {
        byCluster.put(cluster, identity);
    }
}
