package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.run.ClusterRun;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of a cluster: when one cannot be reached at the start of a run, the next one is asked. */
public final class ApiAddresses {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.run");

    private static final Set<Reason> LETS_MOVE_ON = Set.of(Reason.UNREACHABLE, Reason.TLS_FAILED);

    private final Clusters clusters;

    ApiAddresses(Clusters clusters) {
        this.clusters = clusters;
    }

    /** How far a run has come in finding an address that works. */
    public static final class Search {

        private final List<String> addresses;
        private final List<String> failures = new ArrayList<>();
        private @Nullable Throwable first;
        private @Nullable JsonNode nodes;
        private boolean open = true;

        Search(List<String> addresses) {
            this.addresses = addresses;
        }

        /** All of the cluster, the one that worked last before the others. */
        public List<String> getAddresses() {
            return addresses;
        }

        /** Whether the next address is to be asked. */
        public boolean isOpen() {
            return open;
        }
    }

    /** A run begins to look for an address that works. */
    public Search search(@Variable("run") ClusterRun run) {
        ClusterContext cluster = clusters.get(run.getCluster());
        Set<String> addresses = new LinkedHashSet<>(List.of(cluster.address()));
        addresses.addAll(cluster.settings().urls());
        return new Search(List.copyOf(addresses));
    }

    /** This address is asked now. */
    public void use(@Variable("run") ClusterRun run, @Body String address) {
        clusters.get(run.getCluster()).use(address);
    }

    /** The cluster answered; it is asked at this address until that fails at the start of a run. */
    public void answered(
            @Variable("run") ClusterRun run,
            @Variable("search") Search search,
            @Variable("answer") @Nullable JsonNode nodes) {
        search.open = false;
        search.nodes = nodes;
        if (!search.failures.isEmpty()) {
            String address = clusters.get(run.getCluster()).address();
            LOG.warn("{}: read at {} instead: {}", run.getCluster(), address, String.join("; ", search.failures));
        }
    }

    /** No answer to be had; only an address that cannot be reached lets the next one be asked. */
    public void failed(@Variable("run") ClusterRun run, @Variable("search") Search search, Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        PveFailure failure = Failures.of(thrown);
        boolean reached = failure.status() != 0 || !LETS_MOVE_ON.contains(failure.reason());
        if (search.first == null || reached) {
            search.first = thrown;
        }
        search.open = !reached;
        search.failures.add(clusters.get(run.getCluster()).address() + ": " + failure.message());
    }

    /**
     * The answer that was found.
     *
     * @throws PveException with the reason of the first address, when none could be reached, or with that of the
     *     answer of the one that could
     */
    public @Nullable JsonNode nodes(@Variable("run") ClusterRun run, @Variable("search") Search search)
            throws PveException {
        Throwable first = search.first;
        if (first == null || search.nodes != null) {
            return search.nodes;
        }
        if (search.open) {
            clusters.get(run.getCluster()).use(search.addresses.get(0));
        }
        PveFailure failure = Failures.of(first);
        if (search.failures.size() == 1) {
            throw new PveException(failure);
        }
        String message = "none of the addresses tried works: " + String.join("; ", search.failures);
        throw new PveException(new PveFailure(failure.reason(), failure.status(), failure.statusLine(), message));
    }
}
