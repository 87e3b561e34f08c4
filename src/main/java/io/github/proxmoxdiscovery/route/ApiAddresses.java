package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.NodeAddresses;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.settings.Direct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a cluster is asked: when one address cannot be reached, the next one is. */
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
        private @Nullable JsonNode answer;
        private boolean open = true;

        Search(List<String> addresses) {
            this.addresses = addresses;
        }

        /** All of the cluster, in the order to try them. */
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
        return new Search(of(run).untried());
    }

    /** This address is asked now. */
    public void use(@Variable("run") ClusterRun run, @Body String address) {
        of(run).use(address);
    }

    /** The cluster answered, and is asked here from now on. */
    public void answered(
            @Variable("run") ClusterRun run,
            @Variable("search") Search search,
            @Variable("answer") @Nullable JsonNode answer) {
        search.open = false;
        search.answer = answer;
        of(run).worked();
        if (!search.failures.isEmpty()) {
            LOG.warn(
                    "{}: read at {} instead: {}",
                    run.getCluster(),
                    of(run).address(),
                    String.join("; ", search.failures));
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
        search.failures.add(of(run).address() + ": " + failure.message());
        if (!reached) {
            of(run).failed();
        }
    }

    /**
     * The answer that was found.
     *
     * @throws PveException with the reason of the first address, when none could be reached, or with that of the
     *     answer of the one that could
     */
    public @Nullable JsonNode found(@Variable("search") Search search) throws PveException {
        Throwable first = search.first;
        if (first == null || search.answer != null) {
            return search.answer;
        }
        PveFailure failure = Failures.of(first);
        if (search.failures.size() == 1) {
            throw new PveException(failure);
        }
        String message = "none of the addresses tried works: " + String.join("; ", search.failures);
        throw new PveException(new PveFailure(failure.reason(), failure.status(), failure.statusLine(), message));
    }

    /** Moves on to the next address in the middle of a run; false if there is none. */
    boolean moveOn(ClusterRun run, String why) {
        String last = of(run).address();
        Optional<String> next = of(run).moveOn();
        next.ifPresent(address ->
                LOG.warn("{}: read at {} from here on instead of {}: {}", run.getCluster(), address, last, why));
        return next.isPresent();
    }

    /** Nodes are asked at the addresses that are set, or that the cluster told, on the port of the address in use. */
    public void direct(@Variable("run") ClusterRun run, @Variable("clusterStatus") JsonNode rows) {
        of(run).direct(of(run).settings().direct().addresses());
        if (isToldByCluster(run)) {
            of(run).direct(NodeAddresses.parse(rows, of(run).address()));
        }
    }

    /** The cluster did not tell: unless addresses are set, its nodes are asked through the one of the address. */
    public void statusUnknown(@Variable("run") ClusterRun run, Exchange exchange) {
        of(run).direct(of(run).settings().direct().addresses());
        PveFailure failure = Failures.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        if (isToldByCluster(run)) {
            LOG.warn(
                    "{}: where its nodes are cannot be asked, so all are asked through {}: {}. Give the token and its"
                            + " user Sys.Audit on /, or set proxmox.{}.direct-addresses",
                    run.getCluster(),
                    of(run).address(),
                    failure.message(),
                    run.getCluster());
        } else {
            LOG.debug("{}: the name of the cluster cannot be asked: {}", run.getCluster(), failure.message());
        }
    }

    private boolean isToldByCluster(ClusterRun run) {
        Direct direct = of(run).settings().direct();
        return direct.on() && direct.addresses().isEmpty();
    }

    private ClusterContext of(ClusterRun run) {
        return clusters.get(run.getCluster());
    }
}
