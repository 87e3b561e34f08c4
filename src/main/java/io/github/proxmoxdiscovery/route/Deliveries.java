package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.RunReport;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import io.github.proxmoxdiscovery.sink.Undelivered;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the hosts of a run to each sink, and keeps account of what a sink took and what not. */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.deliver");

    /** A sink that still takes its time when it is over is left behind: first it may end by itself. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final List<SinkSettings> sinks;
    private final Duration timeout;
    private final Undelivered undelivered;
    private final Outcomes outcomes;
    private final ScheduledExecutorService timer;
    private final UnaryOperator<String> mask;
    private final Map<String, Backlog> backlogs;
    private final Map<String, AtomicInteger> unfinished = new ConcurrentHashMap<>();
    private final Map<String, Boolean> complete = new ConcurrentHashMap<>();

    /** @param mask takes secrets out of what a sink answered */
    Deliveries(
            Collection<SinkSettings> sinks,
            Duration timeout,
            Undelivered undelivered,
            Outcomes outcomes,
            ScheduledExecutorService timer,
            UnaryOperator<String> mask) {
        this.sinks = List.copyOf(sinks);
        this.timeout = timeout;
        this.undelivered = undelivered;
        this.outcomes = outcomes;
        this.timer = timer;
        this.mask = mask;
        this.backlogs = sinks.stream().collect(Collectors.toMap(SinkSettings::name, sink -> new Backlog()));
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
        if (run.hasSomethingToSay()) {
            log(report, run);
        }
        unfinished.put(run.getId(), new AtomicInteger(sinks.size()));
        complete.put(run.getId(), true);
        HostMessages messages = new HostMessages(context, run);
        List<Delivery> deliveries = sinks.stream()
                .map(sink -> delivery(sink, run, report, messages, context))
                .toList();
        return deliveries.stream().filter(this::mayWait).toList();
    }

    private Delivery delivery(
            SinkSettings sink, ClusterRun run, RunReport report, HostMessages messages, CamelContext context) {
        return new Delivery(
                sink.name(), run, report, messages, sink.batch(), timeout, () -> isStopping(context), System::nanoTime);
    }

    private boolean mayWait(Delivery delivery) {
        Optional<String> refusal = backlog(delivery).add(delivery);
        refusal.ifPresent(why -> giveUp(delivery, "the sink " + why));
        return refusal.isEmpty();
    }

    private Backlog backlog(Delivery delivery) {
        Backlog backlog = backlogs.get(delivery.getSink());
        if (backlog == null) {
            throw new IllegalStateException("no sink is named " + delivery.getSink());
        }
        return backlog;
    }

    /** The sink turns to a delivery. If its route never comes back, nothing of what it was given must be lost. */
    public void begin(@Body Delivery delivery) {
        backlog(delivery).begin(delivery);
        giveUpIn(delivery, Duration.ofMillis(delivery.remainingMillis()).plus(GRACE));
    }

    private void giveUpIn(Delivery delivery, Duration time) {
        delivery.alarm(timer.schedule(() -> giveUp(delivery), time.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** The program ends: what the sinks have not taken in a moment is kept. */
    void abandon() {
        backlogs.values().stream().flatMap(backlog -> backlog.open().stream()).forEach(open -> giveUpIn(open, GRACE));
    }

    private static void log(RunReport report, ClusterRun run) {
        run.clusterFailure()
                .ifPresent(failure -> LOG.error(
                        "{}: {} {}. {}", failure.where(), failure.reason(), failure.message(), failure.remedy()));
        report.failures().stream()
                .filter(failure -> !failure.reason().keepsRunComplete())
                .filter(failure -> run.clusterFailure().filter(failure::equals).isEmpty())
                .forEach(failure -> LOG.warn("{}: {} {}", failure.where(), failure.reason(), failure.message()));
        LOG.info(report.toLine());
    }

    private static boolean isStopping(CamelContext context) {
        return context.isStopping() || context.isStopped();
    }

    /** What a sink's route is given. It may change that, and gets the same again when it is tried again. */
    public List<Message> copies(@Variable("batch") List<Message> batch) {
        return batch.stream().map(Message::copy).toList();
    }

    /**
     * A sink took a batch, except for what it rejected.
     *
     * @param rejected a map of ids and answers; anything else is a header that some server sent
     */
    public void taken(
            @Variable("delivery") Delivery delivery,
            @Variable("batch") List<Message> batch,
            @Header("rejected") @Nullable Object rejected) {
        Map<?, ?> answers = rejected instanceof Map<?, ?> map ? map : Map.of();
        List<Message> parked = batch.stream()
                .filter(host -> answers.containsKey(host.getHeader("id", String.class)))
                .toList();
        synchronized (delivery) {
            if (isTooLate(delivery, batch)) {
                return;
            }
            delivery.taken(batch.size() - parked.size());
            for (Message host : parked) {
                String answer = String.valueOf(answers.get(host.getHeader("id", String.class)));
                keep(delivery, List.of(host), Reason.SINK_REJECTED, answer);
            }
        }
    }

    private static boolean isTooLate(Delivery delivery, List<Message> batch) {
        if (delivery.isOver()) {
            LOG.warn(
                    "{}: sink {} came back when its time was long over; its last {} hosts may have been taken, too",
                    delivery.run().getCluster(),
                    delivery.getSink(),
                    batch.size());
        }
        return delivery.isOver();
    }

    /** A batch that was rejected as a whole, as one batch a host. */
    public List<List<Message>> oneByOne(@Variable("batch") List<Message> batch) {
        return batch.stream().map(List::of).toList();
    }

    /** A sink did not take a batch, and is not to be asked again for it. */
    public void notTaken(
            @Variable("delivery") Delivery delivery, @Variable("batch") List<Message> batch, Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        synchronized (delivery) {
            if (!delivery.isOver()) {
                keep(delivery, batch, SinkFailure.reason(delivery), SinkFailure.message(thrown, delivery));
            }
        }
    }

    private void keep(Delivery delivery, List<Message> hosts, Reason reason, String message) {
        List<String> bodies =
                hosts.stream().map(host -> host.getBody(String.class)).toList();
        String masked = mask.apply(message);
        delivery.notTaken(hosts.size(), reason + " " + masked);
        try {
            undelivered.keep(delivery.getSink(), delivery.run().getId(), reason, masked, bodies);
        } catch (IOException e) {
            delivery.lost(hosts.size());
            LOG.error(
                    "{}: {} hosts that sink {} did not take could not be kept either, and are lost: {}",
                    delivery.run().getCluster(),
                    hosts.size(),
                    delivery.getSink(),
                    e.toString());
        }
    }

    private void giveUp(Delivery delivery) {
        giveUp(delivery, delivery.failure().isEmpty() ? "did not come back in time" : delivery.failure());
        String why = "the sink has not come back since it was given the run " + delivery.runId();
        backlog(delivery).drain().forEach(waiting -> giveUp(waiting, why));
    }

    private void giveUp(Delivery delivery, String message) {
        synchronized (delivery) {
            if (!delivery.isOver()) {
                keepRest(delivery, message);
                end(delivery);
            }
        }
    }

    private void keepRest(Delivery delivery, String message) {
        List<Message> rest = delivery.rest();
        if (rest.isEmpty()) {
            delivery.reportNotTaken("the report: " + mask.apply(message));
            return;
        }
        keep(delivery, rest, SinkFailure.reason(delivery), message);
    }

    /** A sink did not take the report. */
    public void reportNotTaken(@Variable("delivery") Delivery delivery, Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        delivery.reportNotTaken("the report: " + SinkFailure.message(thrown, delivery));
    }

    /** Whether the sink wants reports: its route file listens for them. */
    public boolean wantsReport(@Variable("delivery") Delivery delivery, CamelContext context) {
        String endpoint = "direct://sink-" + delivery.getSink() + "-report";
        return !delivery.isOver()
                && context.getRoutes().stream()
                        .anyMatch(route -> endpoint.equals(route.getEndpoint().getEndpointUri()));
    }

    /** A route file broke the delivery off. */
    public void brokenOff(
            @Variable("delivery") Delivery delivery, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown) {
        LOG.error("{}: the delivery to sink {} broke off", delivery.run().getCluster(), delivery.getSink(), thrown);
        synchronized (delivery) {
            if (!delivery.isOver()) {
                keepRest(delivery, "broke off: " + SinkFailure.message(thrown, delivery));
            }
        }
    }

    /** The sink's route is back: it has had everything of a run once. */
    public void done(@Variable("delivery") Delivery delivery) {
        backlog(delivery).back(delivery);
        end(delivery);
    }

    private void end(Delivery delivery) {
        if (!delivery.end()) {
            return;
        }
        log(delivery);
        String runId = delivery.run().getId();
        complete.computeIfPresent(
                runId, (id, so) -> so && delivery.lastProblem().isEmpty());
        if (unfinished.get(runId).decrementAndGet() == 0) {
            unfinished.remove(runId);
            outcomes.delivered(delivery.run(), Boolean.TRUE.equals(complete.remove(runId)));
        }
    }

    private void log(Delivery delivery) {
        String cluster = delivery.run().getCluster();
        if (delivery.lastProblem().isEmpty() && delivery.run().hosts().isEmpty()) {
            LOG.debug("{}: sink {} took the report of a run that found no hosts", cluster, delivery.getSink());
        } else if (delivery.lastProblem().isEmpty()) {
            LOG.info("{}: sink {} took {} hosts", cluster, delivery.getSink(), delivery.ok());
        } else if (delivery.failed() == 0) {
            LOG.error("{}: sink {}: {}", cluster, delivery.getSink(), delivery.lastProblem());
        } else {
            LOG.error(
                    "{}: sink {} took {} hosts and did not take {}, {}. Last: {}",
                    cluster,
                    delivery.getSink(),
                    delivery.ok(),
                    delivery.failed(),
                    whereabouts(delivery),
                    delivery.lastProblem());
        }
    }

    private String whereabouts(Delivery delivery) {
        String kept = "kept in " + undelivered.file(delivery.getSink(), delivery.runId());
        if (delivery.lost() == 0) {
            return kept;
        }
        return delivery.lost() == delivery.failed() ? "lost" : kept + " but for " + delivery.lost() + " that are lost";
    }
}
