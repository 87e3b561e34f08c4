package io.github.proxmoxdiscovery.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The configured clusters by name. */
public final class Clusters {

    private final Map<String, ClusterContext> byName;

    Clusters(Map<String, ClusterContext> byName) {
        this.byName = new LinkedHashMap<>(byName);
    }

    /** Where to ask for this path of the API. */
    public String uri(@Variable("cluster") String cluster, @Body String path) {
        return get(cluster).api(path) + path;
    }

    /** Their names, in the order of the configuration. */
    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    ClusterContext get(String cluster) {
        ClusterContext context = byName.get(cluster);
        if (context == null) {
            throw new IllegalArgumentException("no cluster is named " + cluster);
        }
        return context;
    }
}
