package io.github.proxmoxdiscovery.run;

import io.github.proxmoxdiscovery.pve.ClusterIdentity;
import java.util.Optional;

/** What is known of the clusters that were read, by the names under which they are configured. */
public interface ClusterIdentities {

    /** What was seen of a cluster by its last full run; empty if there was none. */
    Optional<ClusterIdentity> of(String cluster);

    void set(String cluster, ClusterIdentity identity);
}
