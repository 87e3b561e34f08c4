package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.ledger.Event;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.Recorded;
import io.github.proxmoxdiscovery.metrics.Measures;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.Failure;
import io.github.proxmoxdiscovery.run.RunReport;
import io.github.proxmoxdiscovery.settings.Emit;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import io.github.proxmoxdiscovery.time.Repeats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

/** Brings each sink to what is known after a run, and has written down what it took. */
public final class Deliveries {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.deliver");

    /** A sink that still takes its time when it is over is left behind: first it may end by itself. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final List<SinkSettings> sinks;
    private final Duration timeout;
    private final Records records;
    private final EventStream events;
    private final Outcomes outcomes;
    private final ScheduledExecutorService timer;
    private final UnaryOperator<String> mask;
    private final Measures measures;
    private final Map<String, Backlog> backlogs;
    private final Map<String, AtomicInteger> unfinished = new ConcurrentHashMap<>();
    private final Map<String, String> problems = new ConcurrentSkipListMap<>();
    private final Map<String, Repeats> clusterProblems = new ConcurrentHashMap<>();
    private final Repeats sinkProblems = new Repeats(System::nanoTime);
    private final Map<String, Boolean> complete = new ConcurrentHashMap<>();
    private final Map<String, String> paused = new ConcurrentHashMap<>();
    private final List<Delivery> putOff = new ArrayList<>();

    /** @param mask takes secrets out of what a sink answered */
    Deliveries(
            Collection<SinkSettings> sinks,
            Duration timeout,
            Records records,
            EventStream events,
            Outcomes outcomes,
            ScheduledExecutorService timer,
            UnaryOperator<String> mask,
            Measures measures) {
        this.measures = measures;
        this.sinks = List.copyOf(sinks);
        this.timeout = timeout;
        this.records = records;
        this.events = events;
        this.outcomes = outcomes;
        this.timer = timer;
        this.mask = mask;
        this.backlogs = sinks.stream().collect(Collectors.toMap(SinkSettings::name, sink -> new Backlog()));
    }

    /**
     * One delivery a sink, when the reading of a cluster is over.
     *
     * @throws LedgerException when it cannot be told what the sinks lack
     */
    public List<Delivery> of(@Variable("run") ClusterRun run, CamelContext context) throws LedgerException {
        if (run.isAbandoned()) {
            LOG.warn("{}: stopped in the middle of a run; nothing of it is delivered", run.getCluster());
            outcomes.broken(run);
            return List.of();
        }
        Recorded recorded = records.take(run).orElse(null);
        RunReport report = run.report(recorded == null ? Map.of() : pending(run, recorded));
        if (run.hasSomethingToSay()) {
            log(report, run);
        }
        if (recorded == null) {
            outcomes.delivered(run, false);
            return List.of();
        }
        tell(run, report, recorded, context);
        unfinished.put(run.getId(), new AtomicInteger(sinks.size()));
        complete.put(run.getId(), true);
        List<Delivery> deliveries = sinks.stream()
                .map(sink -> delivery(sink, run, report, recorded, context))
                .toList();
        return deliveries.stream().filter(this::mayWait).toList();
    }

    private void tell(ClusterRun run, RunReport report, Recorded recorded, CamelContext context) {
        events.publish(run.getCluster(), recorded, records.ledger().epoch(), context);
        if (run.hasSomethingToSay()) {
            records.remember(report, recorded);
        }
    }

    private Map<String, Long> pending(ClusterRun run, Recorded recorded) throws LedgerException {
        Map<String, Long> pending = new LinkedHashMap<>();
        for (SinkSettings sink : sinks) {
            long hosts = recorded.hosts().size();
            pending.put(
                    sink.name(),
                    sink.emit() == Emit.ALL ? hosts : records.of(sink).lacks(run.getCluster()));
        }
        return pending;
    }

    private Delivery delivery(
            SinkSettings sink, ClusterRun run, RunReport report, Recorded recorded, CamelContext context) {
        EventMessages messages =
                new EventMessages(context, run.getCluster(), records.ledger().epoch());
        return new Delivery(
                sink,
                run,
                report,
                recorded,
                messages,
                records.of(sink),
                timeout,
                () -> isStopping(context),
                System::nanoTime);
    }

    private boolean mayWait(Delivery delivery) {
        Backlog.Added added = backlog(delivery).add(delivery);
        if (!added.hangs().isEmpty()) {
            giveUp(delivery, "the sink " + added.hangs());
        }
        if (added.needless() != null) {
            LOG.debug("{}: sink {} is behind, and gets the newest state only", delivery.cluster(), delivery.getSink());
            end(added.needless());
        }
        return added.waits();
    }

    private Backlog backlog(Delivery delivery) {
        Backlog backlog = backlogs.get(delivery.getSink());
        if (backlog == null) {
            throw new IllegalStateException("no sink is named " + delivery.getSink());
        }
        return backlog;
    }

    /** The sink turns to a delivery. If its route never comes back, the next ones must not wait for it. */
    public void begin(@Body Delivery delivery) {
        if (delivery.isOver() || delivery.isPutOff()) {
            return;
        }
        backlog(delivery).begin(delivery);
        giveUpIn(delivery, Duration.ofMillis(delivery.remainingMillis()).plus(GRACE));
    }

    private void giveUpIn(Delivery delivery, Duration time) {
        delivery.alarm(timer.schedule(() -> giveUp(delivery), time.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** The program ends: what the sinks have not taken by then they get from the next one. */
    void abandon(Duration time) {
        backlogs.values().stream().flatMap(backlog -> backlog.open().stream()).forEach(open -> giveUpIn(open, time));
    }

    /**
     * What waits for a sink that fails is not waited for: the sink is given no more of it, and the rest of it later. A
     * sink that takes what it is given comes to its end.
     */
    void putOffFailing() {
        for (Backlog backlog : backlogs.values()) {
            if (backlog.isFailing()) {
                backlog.open().forEach(Delivery::putOff);
                synchronized (putOff) {
                    backlog.drain().forEach(putOff::add);
                }
            }
        }
    }

    /** Whether nothing is being delivered. */
    boolean isQuiet() {
        return backlogs.values().stream().allMatch(Backlog::isQuiet);
    }

    /** What was put off and is to be delivered now, oldest first. */
    List<Delivery> resumed() {
        List<Delivery> rests;
        synchronized (putOff) {
            rests = putOff.stream()
                    .filter(delivery -> !delivery.isOver())
                    .map(Delivery::rest)
                    .toList();
            putOff.clear();
        }
        return rests.stream().filter(this::isNewest).filter(this::mayWait).toList();
    }

    /** Behind a newer state of the same cluster, an older one has nothing to tell. */
    private boolean isNewest(Delivery rest) {
        boolean newest = !backlog(rest).waitsFor(rest.cluster());
        if (!newest) {
            end(rest);
        }
        return newest;
    }

    private void log(RunReport report, ClusterRun run) {
        Set<String> now = sayFailures(report, run);
        LogFields.of(run).say(() -> LOG.info(report.toLine()));
        if (!run.isQuick() && run.clusterFailure().isEmpty()) {
            LogFields.of(run)
                    .say(() -> problems(run.getCluster())
                            .over("", now)
                            .forEach((problem, times) -> LOG.info("{} is over; it came {} times", problem, times)));
        }
    }

    /** What the problems are called that there are now. */
    private Set<String> sayFailures(RunReport report, ClusterRun run) {
        Set<String> now = new HashSet<>();
        run.clusterFailure()
                .ifPresent(failure -> say(
                        run,
                        failure,
                        now,
                        again -> LOG.error(
                                "{}: {} {}. {}{}",
                                failure.where(),
                                failure.reason(),
                                failure.message(),
                                failure.remedy(),
                                again)));
        report.failures().stream()
                .filter(failure -> !failure.reason().keepsRunComplete())
                .filter(failure -> run.clusterFailure().filter(failure::equals).isEmpty())
                .forEach(failure -> say(
                        run,
                        failure,
                        now,
                        again -> LOG.warn("{}: {} {}{}", failure.where(), failure.reason(), failure.message(), again)));
        return now;
    }

    /** A problem that lasts is not said with each run; the line of the run counts it. */
    private void say(ClusterRun run, Failure failure, Set<String> now, Consumer<String> line) {
        String problem = failure.where() + ": " + failure.reason();
        if (now.add(problem)) {
            problems(run.getCluster())
                    .came(problem)
                    .ifPresent(again -> LogFields.of(run).about(failure).say(() -> line.accept(again)));
        }
    }

    private Repeats problems(String cluster) {
        return clusterProblems.computeIfAbsent(cluster, name -> new Repeats(System::nanoTime));
    }

    /** What lasts of what sinks do not take. */
    Repeats sinkProblems() {
        return sinkProblems;
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
        List<Event> taken = new ArrayList<>();
        Map<Event, String> parked = new LinkedHashMap<>();
        for (Event event : events(batch)) {
            if (answers.containsKey(event.id())) {
                parked.put(event, mask.apply(String.valueOf(answers.get(event.id()))));
            } else {
                taken.add(event);
            }
        }
        synchronized (delivery) {
            if (delivery.isOver()) {
                LOG.warn(
                        "{}: sink {} came back when its time was long over; it took {} hosts all the same",
                        delivery.cluster(),
                        delivery.getSink(),
                        taken.size());
            }
            delivery.taken(taken);
            count(taken, delivery.getSink());
            parked.forEach((event, answer) -> delivery.rejected(event, Reason.SINK_REJECTED + " " + answer));
        }
    }

    private void count(List<Event> taken, String sink) {
        taken.stream()
                .collect(Collectors.groupingBy(Event::type, Collectors.summingInt(event -> 1)))
                .forEach((type, events) -> measures.taken(sink, type, events));
    }

    private static List<Event> events(List<Message> batch) {
        return batch.stream().map(message -> ((EventMessage) message).event()).toList();
    }

    /**
     * A batch that was rejected as a whole, in two halves: by and by, only what it is about stands alone, and is
     * parked.
     */
    public List<List<Message>> halves(
            @Variable("delivery") Delivery delivery, @Variable("batch") List<Message> batch, Exchange exchange) {
        int middle = batch.size() / 2;
        if (middle == 0) {
            rejected(delivery, events(batch).get(0), SinkFailure.message(exchange));
            return List.of();
        }
        return List.of(batch.subList(0, middle), batch.subList(middle, batch.size()));
    }

    private void rejected(Delivery delivery, Event event, String answer) {
        synchronized (delivery) {
            delivery.taken(List.of());
            delivery.rejected(event, Reason.SINK_REJECTED + " " + mask.apply(answer));
        }
    }

    /** A sink did not take a batch, and is not to be asked again for it in this delivery. */
    public void notTaken(
            @Variable("delivery") Delivery delivery, @Variable("batch") List<Message> batch, Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        synchronized (delivery) {
            if (!delivery.isOver()) {
                String why = SinkFailure.reason(delivery) + " " + SinkFailure.message(thrown, delivery);
                delivery.notTaken(events(batch), mask.apply(why));
            }
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
                delivery.write();
                delivery.notTaken(0, SinkFailure.reason(delivery) + " " + mask.apply(message));
                end(delivery);
                measure(delivery);
            }
        }
    }

    /** A sink did not take the report. */
    public void reportNotTaken(@Variable("delivery") Delivery delivery, Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        delivery.reportNotTaken("the report: " + mask.apply(SinkFailure.message(thrown, delivery)));
    }

    /** Whether the sink wants reports: its route file listens for them. */
    public boolean wantsReport(@Variable("delivery") Delivery delivery, CamelContext context) {
        delivery.write();
        if (delivery.isPutOff()) {
            return false;
        }
        String endpoint = "direct://sink-" + delivery.getSink() + "-report";
        return !delivery.isOver()
                && context.getRoutes().stream()
                        .anyMatch(route -> endpoint.equals(route.getEndpoint().getEndpointUri()));
    }

    /** A route file broke the delivery off. */
    public void brokenOff(
            @Variable("delivery") Delivery delivery, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown) {
        if (delivery.isPutOff()) {
            LOG.info("{}: sink {} gets the rest later", delivery.cluster(), delivery.getSink());
        } else if (delivery.isStopping()) {
            LOG.info("{}: sink {} is not asked any more, for the program ends", delivery.cluster(), delivery.getSink());
        } else {
            LOG.error("{}: the delivery to sink {} broke off", delivery.cluster(), delivery.getSink(), thrown);
        }
        delivery.notTaken(0, "broke off: " + mask.apply(SinkFailure.message(thrown, delivery)));
    }

    /** The sink's route is back: it has had everything once. */
    public void done(@Variable("delivery") Delivery delivery) {
        delivery.close();
        if (delivery.isPutOff() && !delivery.isOver()) {
            keepForLater(delivery);
            return;
        }
        backlog(delivery).back(delivery);
        end(delivery);
        measure(delivery);
    }

    /** What each sink last failed with that did not take everything. */
    Map<String, String> problems() {
        return Map.copyOf(problems);
    }

    private void measure(Delivery delivery) {
        // A sink that was asked for nothing has said nothing.
        if (delivery.lastProblem().isEmpty() && delivery.offered() > 0) {
            problems.remove(delivery.getSink());
        } else if (!delivery.lastProblem().isEmpty()) {
            problems.put(delivery.getSink(), delivery.lastProblem());
        }
        measures.delivered(delivery.told(), delivery.ledger());
    }

    /** One that the sink had begun with comes before those that waited behind it, which are here already. */
    private void keepForLater(Delivery delivery) {
        if (backlog(delivery).isCurrent(delivery)) {
            synchronized (putOff) {
                putOff.add(0, delivery);
            }
            backlog(delivery).back(delivery);
        }
    }

    private void end(Delivery delivery) {
        if (!delivery.end()) {
            return;
        }
        tellPause(delivery);
        if (delivery.lastProblem().isEmpty() && delivery.resting() > 0) {
            delivery.notTaken(0, "it rejected them before; proxmox-discovery status shows its answers");
        }
        log(delivery);
        String runId = delivery.runId();
        complete.computeIfPresent(
                runId, (id, so) -> so && delivery.lastProblem().isEmpty());
        if (unfinished.get(runId).decrementAndGet() == 0) {
            unfinished.remove(runId);
            outcomes.delivered(delivery.run(), Boolean.TRUE.equals(complete.remove(runId)));
        }
    }

    private void tellPause(Delivery delivery) {
        if (delivery.isPaused()) {
            paused.put(delivery.getSink(), delivery.lastProblem());
        } else {
            paused.remove(delivery.getSink());
        }
    }

    /** Why the sink is left alone until the next run, if it is. */
    Optional<String> paused(String sink) {
        return Optional.ofNullable(paused.get(sink));
    }

    private void log(Delivery delivery) {
        LogFields.of(delivery).say(() -> {
            if (delivery.lastProblem().isEmpty()) {
                logTaken(delivery);
            } else {
                sinkProblems.came(delivery.problemKey()).ifPresent(again -> logProblem(delivery, again));
            }
        });
    }

    private void logTaken(Delivery delivery) {
        sinkProblems.over(delivery.problemPrefix(), Set.of());
        if (delivery.ok() == 0) {
            LOG.debug("{}: sink {} had nothing to take", delivery.cluster(), delivery.getSink());
        } else {
            LOG.info("{}: sink {} took {} hosts", delivery.cluster(), delivery.getSink(), delivery.ok());
        }
    }

    private static void logProblem(Delivery delivery, String again) {
        LOG.error(
                "{}: sink {} took {} hosts{}. Last: {}{}",
                delivery.cluster(),
                delivery.getSink(),
                delivery.ok(),
                lacks(delivery),
                delivery.lastProblem(),
                again);
    }

    private static String lacks(Delivery delivery) {
        String others = ", which it gets with the next runs";
        try {
            long hosts = delivery.lacks();
            return hosts == 0 ? "" : ", and lacks " + hosts + others;
        } catch (LedgerException e) {
            return ", and perhaps lacks some" + others;
        }
    }
}
