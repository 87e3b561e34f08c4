package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.RunReport;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import io.github.proxmoxdiscovery.sink.Undelivered;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the hosts of a run to each sink, and keeps account of what a sink took and what not. */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.deliver");

    private final List<SinkSettings> sinks;
    private final Duration timeout;
    private final Undelivered undelivered;
    private final Outcomes outcomes;
    private final Map<String, AtomicInteger> unfinished = new ConcurrentHashMap<>();
    private final Map<String, Boolean> complete = new ConcurrentHashMap<>();

    Deliveries(Collection<SinkSettings> sinks, Duration timeout, Undelivered undelivered, Outcomes outcomes) {
        this.sinks = List.copyOf(sinks);
        this.timeout = timeout;
        this.undelivered = undelivered;
        this.outcomes = outcomes;
    }

    /** One delivery a sink, when the reading of a cluster is over. */
    public List<Delivery> of(@Variable("run") ClusterRun run, CamelContext context) {
        if (run.isAbandoned()) {
            LOG.warn("{}: stopped in the middle of a run; nothing of it is delivered", run.getCluster());
            outcomes.broken(run);
            return List.of();
        }
        List<String> names = sinks.stream().map(SinkSettings::name).toList();
        RunReport report = run.report(names);
        log(report, run);
        unfinished.put(run.getId(), new AtomicInteger(sinks.size()));
        complete.put(run.getId(), true);
        HostMessages messages = new HostMessages(context, run);
        return sinks.stream()
                .map(sink -> new Delivery(
                        sink.name(), run, report, messages, sink.batch(), timeout, () -> isStopping(context)))
                .toList();
    }

    private static void log(RunReport report, ClusterRun run) {
        run.clusterFailure()
                .ifPresent(failure -> LOG.error(
                        "{}: {} {}. {}",
                        failure.where(),
                        failure.reason(),
                        failure.message(),
                        failure.reason().remedy()));
        report.failures().stream()
                .filter(failure -> !failure.reason().keepsRunComplete())
                .filter(failure -> run.clusterFailure().filter(failure::equals).isEmpty())
                .forEach(failure -> LOG.warn("{}: {} {}", failure.where(), failure.reason(), failure.message()));
        LOG.info(report.toLine());
    }

    private static boolean isStopping(CamelContext context) {
        return context.isStopping() || context.isStopped();
    }

    /** A sink took a batch, except for what it rejected. */
    public void taken(
            @Variable("delivery") Delivery delivery,
            @Variable("batch") List<Message> batch,
            @Header("rejected") @Nullable Map<String, Object> rejected)
            throws IOException {
        Map<String, Object> answers = rejected == null ? Map.of() : rejected;
        List<Message> parked = new ArrayList<>();
        for (Message host : batch) {
            if (answers.containsKey(host.getHeader("id", String.class))) {
                parked.add(host);
            }
        }
        delivery.taken(batch.size() - parked.size());
        for (Message host : parked) {
            String answer = String.valueOf(answers.get(host.getHeader("id", String.class)));
            keep(delivery, List.of(host), Reason.SINK_REJECTED, answer);
        }
    }

    /** A batch that was rejected as a whole, as one batch a host. */
    public List<List<Message>> oneByOne(@Variable("batch") List<Message> batch) {
        return batch.stream().map(List::of).toList();
    }

    /** A sink did not take a batch, and is not to be asked again for it. */
    public void notTaken(
            @Variable("delivery") Delivery delivery, @Variable("batch") List<Message> batch, Exchange exchange)
            throws IOException {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        keep(delivery, batch, SinkFailure.reason(delivery.isPaused()), SinkFailure.message(thrown, delivery));
    }

    private void keep(Delivery delivery, List<Message> hosts, Reason reason, String message) throws IOException {
        List<String> bodies =
                hosts.stream().map(host -> host.getBody(String.class)).toList();
        delivery.notTaken(hosts.size(), reason + " " + message);
        undelivered.keep(delivery.getSink(), delivery.run().getId(), reason, message, bodies);
    }

    /** A sink did not take the report. */
    public void reportNotTaken(@Variable("delivery") Delivery delivery, Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        delivery.reportNotTaken("the report: " + SinkFailure.message(thrown, delivery));
    }

    /** Whether the sink wants reports: its route file listens for them. */
    public boolean wantsReport(@Variable("delivery") Delivery delivery, CamelContext context) {
        String endpoint = "direct://sink-" + delivery.getSink() + "-report";
        return context.getRoutes().stream()
                .anyMatch(route -> endpoint.equals(route.getEndpoint().getEndpointUri()));
    }

    /** A route file, or the keeping of what was not taken, broke the delivery off. */
    public void brokenOff(@Variable("delivery") Delivery delivery, Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        LOG.error("{}: the delivery to sink {} broke off", delivery.run().getCluster(), delivery.getSink(), thrown);
        delivery.reportNotTaken("broke off: " + SinkFailure.message(thrown, delivery));
    }

    /** A sink has had everything of a run once. */
    public void done(@Variable("delivery") Delivery delivery) {
        log(delivery);
        String runId = delivery.run().getId();
        complete.computeIfPresent(runId, (id, so) -> so && delivery.lastProblem().isEmpty());
        if (unfinished.get(runId).decrementAndGet() == 0) {
            unfinished.remove(runId);
            outcomes.delivered(delivery.run(), Boolean.TRUE.equals(complete.remove(runId)));
        }
    }

    private void log(Delivery delivery) {
        String cluster = delivery.run().getCluster();
        if (delivery.lastProblem().isEmpty()) {
            LOG.info("{}: sink {} took {} hosts", cluster, delivery.getSink(), delivery.ok());
        } else if (delivery.failed() == 0) {
            LOG.error("{}: sink {}: {}", cluster, delivery.getSink(), delivery.lastProblem());
        } else {
            LOG.error(
                    "{}: sink {} took {} hosts and did not take {}, kept in {}. Last: {}",
                    cluster,
                    delivery.getSink(),
                    delivery.ok(),
                    delivery.failed(),
                    undelivered.file(delivery.getSink(), delivery.run().getId()),
                    delivery.lastProblem());
        }
    }
}
