package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.export.BadQueryException;
import io.github.proxmoxdiscovery.export.HostFilter;
import io.github.proxmoxdiscovery.export.HostPath;
import io.github.proxmoxdiscovery.export.KnownHosts;
import io.github.proxmoxdiscovery.export.Query;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.PresentHost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Finds out which hosts a request asks for, and whether they can be told. */
public final class HostRequests {

    private static final String PARTIAL = "partial";
    private static final String CLUSTER = "cluster";

    private final List<String> clusters;
    private final Supplier<Ledger> ledger;
    private final StateTags tags;

    /** @param clusters all that are configured */
    HostRequests(List<String> clusters, Supplier<Ledger> ledger, StateTags tags) {
        this.clusters = clusters;
        this.ledger = ledger;
        this.tags = tags;
    }

    /**
     * Puts the hosts that are asked for into the body, and the parameters into the variable {@code query}. The route is
     * over here if the question is wrong, if not all of its clusters were ever looked at wholly, or if the client has
     * the answer already.
     *
     * <p>The route may say in variables: {@code options}, further parameters that it takes; {@code defaults}, a query
     * that holds for parameters that are not there; {@code always}, one that holds in any case; {@code version},
     * {@code changed} if the answer has nothing in it that every run changes, such as {@code observed_at}.
     */
    public void ask(Exchange exchange) throws LedgerException {
        Answer answer = Answer.to(exchange);
        try {
            Query query = Query.of(answer.query()).withDefaults(Query.of(variable(exchange, "defaults")));
            query.allowOnly(parameters(variable(exchange, "options")));
            Predicate<JsonNode> filter =
                    HostFilter.of(query).and(HostFilter.of(Query.of(variable(exchange, "always"))));
            List<String> asked = asked(query);
            boolean partial = isPartial(query);
            if ((partial || isKnown(asked, answer)) && !answer.isKnown(tag(exchange))) {
                exchange.setVariable("query", query);
                exchange.getMessage().setBody(new KnownHosts(ledger.get(), asked, filter));
            }
        } catch (BadQueryException e) {
            answer.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** Answers with the one host that the path ends in. */
    public void one(Exchange exchange) throws LedgerException {
        Answer answer = Answer.to(exchange);
        String id = HostPath.id(String.valueOf(answer.header(Exchange.HTTP_URI)));
        try {
            Query.of(answer.query()).allowOnly(List.of());
            String cluster = id.replaceFirst("/.*", "");
            Optional<PresentHost> host = ledger.get().presentHost(cluster, id);
            if (host.isPresent() && !answer.isKnown(tag(exchange))) {
                answer.jsonText(host.get().message());
            } else if (host.isEmpty() && isKnown(clusters.contains(cluster) ? List.of(cluster) : clusters, answer)) {
                answer.notFound("there is no host " + id);
            }
        } catch (BadQueryException e) {
            answer.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String variable(Exchange exchange, String name) {
        return exchange.getVariable(name, String.class);
    }

    private static Set<String> parameters(@Nullable String options) {
        Set<String> parameters = new TreeSet<>(HostFilter.PARAMETERS);
        parameters.add(PARTIAL);
        if (options != null) {
            Arrays.stream(options.split(",")).map(String::strip).forEach(parameters::add);
        }
        return parameters;
    }

    private List<String> asked(Query query) throws BadQueryException {
        List<String> named = query.list(CLUSTER);
        for (String name : named) {
            if (!clusters.contains(name)) {
                throw new BadQueryException(CLUSTER + " is none of " + String.join(", ", clusters));
            }
        }
        return named.isEmpty() ? clusters : named.stream().distinct().toList();
    }

    private static boolean isPartial(Query query) throws BadQueryException {
        return query.oneOf(PARTIAL, "true", "false").filter("true"::equals).isPresent();
    }

    /** Whether all hosts of these clusters are known; else that is the answer. What is not known is not nothing. */
    private boolean isKnown(List<String> asked, Answer answer) throws LedgerException {
        List<String> unknown = new ArrayList<>();
        for (String cluster : asked) {
            if (!ledger.get().wasEverLookedAtWholly(cluster)) {
                unknown.add(cluster);
            }
        }
        if (!unknown.isEmpty()) {
            answer.unavailable("no run has looked at all of " + String.join(", ", unknown)
                    + " yet, so what is known would be taken for all there is. See /api/status for why, or ask with"
                    + " partial=true");
        }
        return unknown.isEmpty();
    }

    private String tag(Exchange exchange) throws LedgerException {
        return tags.tag(exchange, ledger.get(), "changed".equals(variable(exchange, "version")));
    }
}
