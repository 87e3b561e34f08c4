package io.github.proxmoxdiscovery.route;

import java.util.Map;
import org.apache.camel.Variable;

/** The configured clusters by name. */
public final class Clusters {

    private final Map<String, ClusterContext> byName;

    Clusters(Map<String, ClusterContext> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** The address of a cluster's API, to which a path is appended. */
    public String api(@Variable("cluster") String cluster) {
        return get(cluster).api();
    }

    ClusterContext get(String cluster) {
        ClusterContext context = byName.get(cluster);
        if (context == null) {
            throw new IllegalArgumentException("no cluster is named " + cluster);
        }
        return context;
    }
}
