package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.export.BadQueryException;
import io.github.proxmoxdiscovery.export.Query;
import io.github.proxmoxdiscovery.ledger.KeptRun;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.RunHistory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what is asked of the program itself and of its runs. */
public final class Api {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.server");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FAILED = 500;
    private static final int RUNS = 20;

    private final ServerStatus status;
    private final List<String> clusters;
    private final Supplier<Ledger> ledger;
    private final StateTags tags;

    /** @param clusters all that are configured */
    Api(ServerStatus status, List<String> clusters, Supplier<Ledger> ledger, StateTags tags) {
        this.status = status;
        this.clusters = clusters;
        this.ledger = ledger;
        this.tags = tags;
    }

    /** What the program does right now. */
    public void status(Exchange exchange) throws LedgerException {
        Answer answer = Answer.to(exchange);
        try {
            Query.of(answer.query()).allowOnly(List.of());
            answer.json(status.json());
        } catch (BadQueryException e) {
            answer.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** The last runs, the newest first. */
    public void runs(Exchange exchange) throws LedgerException {
        Answer answer = Answer.to(exchange);
        try {
            Query query = Query.of(answer.query());
            query.allowOnly(List.of("cluster", "limit"));
            String cluster =
                    query.oneOf("cluster", clusters.toArray(String[]::new)).orElse("");
            int limit = query.number("limit", RUNS, 1, RunHistory.MOST);
            List<KeptRun> runs = runs(cluster.isEmpty() ? clusters : List.of(cluster), limit);
            if (runs.isEmpty()) {
                answer.unavailable("no run is over yet");
            } else if (!answer.isKnown(tags.tag(exchange, ledger.get(), false))) {
                answer.json(json(runs));
            }
        } catch (BadQueryException e) {
            answer.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private List<KeptRun> runs(List<String> of, int limit) throws LedgerException {
        List<KeptRun> runs = new ArrayList<>();
        for (String cluster : of) {
            runs.addAll(ledger.get().runs().last(cluster, limit));
        }
        return runs.stream()
                .sorted(Comparator.comparing(KeptRun::at)
                        .thenComparing(KeptRun::run)
                        .reversed())
                .limit(limit)
                .toList();
    }

    private static ArrayNode json(List<KeptRun> runs) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        runs.forEach(run -> json.add(report(run)));
        return json;
    }

    /** The report of a run, with what the run changed. */
    static ObjectNode report(KeptRun run) {
        try {
            ObjectNode report = (ObjectNode) JSON.readTree(run.report());
            report.set("changes", JSON.readTree(run.changes()));
            return report;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the report of the run " + run.run() + " is no JSON any more", e);
        }
    }

    /** A route failed: the client is told no more than that. */
    public void failed(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LOG.error("{} could not be answered", exchange.getFromEndpoint().getEndpointUri(), thrown);
        Answer.to(exchange).refuse(FAILED, "this failed; the log of the program says why");
    }
}
