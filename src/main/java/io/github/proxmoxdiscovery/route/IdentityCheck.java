package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.ClusterIdentity;
import io.github.proxmoxdiscovery.pve.Node;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.run.ClusterIdentities;
import io.github.proxmoxdiscovery.run.ClusterRun;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/**
 * Whether the cluster that answers is the one that was read before. Another one must not be read in its place: its
 * guests would have the ids of the old ones, and those would be gone.
 */
public final class IdentityCheck {

    private final ClusterIdentities known;
    private final Clusters clusters;

    IdentityCheck(ClusterIdentities known, Clusters clusters) {
        this.known = known;
        this.clusters = clusters;
    }

    /**
     * A full run looks at all that can be seen, and remembers it if it goes on.
     *
     * @param status the rows of {@code /cluster/status}, or null if it could not be had
     * @throws PveException when this is another cluster
     */
    public void full(
            @Variable("run") ClusterRun run,
            @Variable("nodes") JsonNode nodes,
            @Variable("clusterStatus") @Nullable JsonNode status)
            throws PveException {
        String cluster = run.getCluster();
        ClusterIdentity now = ClusterIdentity.of(status, clusters.get(cluster).certificates(), Node.parseList(nodes));
        Optional<ClusterIdentity> before = known.of(cluster);
        compare(run, now, before);
        ClusterIdentity merged = before.map(now::mergedWith).orElse(now);
        if (!before.equals(Optional.of(merged))) {
            known.set(cluster, merged);
        }
    }

    /**
     * A quick run looks at the certificate, which costs no question.
     *
     * @throws PveException when this is another cluster
     */
    public void quick(@Variable("run") ClusterRun run) throws PveException {
        List<Node> notAsked = List.of();
        ClusterIdentity now =
                ClusterIdentity.of(null, clusters.get(run.getCluster()).certificates(), notAsked);
        compare(run, now, known.of(run.getCluster()));
    }

    private void compare(ClusterRun run, ClusterIdentity now, Optional<ClusterIdentity> before) throws PveException {
        Optional<String> difference = before.flatMap(now::differenceFrom);
        if (difference.isPresent()) {
            String message =
                    "another one answers at " + clusters.get(run.getCluster()).address() + ": " + difference.get();
            throw new PveException(new PveFailure(Reason.OTHER_CLUSTER, 200, "200 OK", message));
        }
    }
}
