package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.ledger.Event;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.Recorded;
import io.github.proxmoxdiscovery.ledger.SinkLedger;
import io.github.proxmoxdiscovery.metrics.Measures.Told;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.RunReport;
import io.github.proxmoxdiscovery.settings.Emit;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * What one sink is told after one run. Its batches are made one after the other, so a slow sink holds one of them in
 * memory as messages, not all. What it took is written down a batch, or a quarter of a second, at a time.
 */
public final class Delivery {

    private static final int MOST_UNWRITTEN = 500;
    private static final long LONGEST_UNWRITTEN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final SinkSettings sink;
    private final ClusterRun run;
    private final RunReport report;
    private final EventMessages messages;
    private final SinkLedger ledger;
    private final long timeoutNanos;
    private final BooleanSupplier stopping;
    private final LongSupplier nanoTime;
    private final List<Event> unwritten = new ArrayList<>();
    private final List<DeliverySource> sources = new ArrayList<>();
    private @Nullable Recorded recorded;
    private @Nullable DeliverySource source;
    private long startNanos;
    private long writtenNanos;
    private @Nullable Future<?> alarm;
    private int offered;
    private int ok;
    private int failed;
    private boolean over;
    private boolean paused;
    private boolean putOff;
    private boolean doubtful;
    private String failure = "";
    private String lastProblem = "";
    private String lastRejection = "";
    private int rejected;
    private final Set<Long> dealtWith = new HashSet<>();

    Delivery(
            SinkSettings sink,
            ClusterRun run,
            RunReport report,
            Recorded recorded,
            EventMessages messages,
            SinkLedger ledger,
            Duration timeout,
            BooleanSupplier stopping,
            LongSupplier nanoTime) {
        this.sink = sink;
        this.run = run;
        this.report = report;
        this.recorded = recorded;
        this.messages = messages;
        this.ledger = ledger;
        this.timeoutNanos = timeout.toNanos();
        this.stopping = stopping;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    public String getSink() {
        return sink.name();
    }

    public ClusterRun run() {
        return run;
    }

    public RunReport report() {
        return report;
    }

    /** The report of the run as a message. */
    public String getReportJson() {
        return report.toJson();
    }

    /** What is left of a delivery that was put off, as one of its own. */
    synchronized Delivery rest() {
        if (recorded == null) {
            throw new IllegalStateException("the delivery is over");
        }
        Delivery rest = new Delivery(
                sink, run, report, recorded, messages, ledger, Duration.ofNanos(timeoutNanos), stopping, nanoTime);
        rest.ok = ok;
        rest.rejected = rejected;
        rest.failed = rejected;
        rest.lastRejection = lastRejection;
        rest.lastProblem = lastRejection;
        rest.dealtWith.addAll(dealtWith);
        return rest;
    }

    /** The sink gets no more of this for now, and the rest later. */
    synchronized void putOff() {
        putOff = true;
    }

    synchronized boolean isPutOff() {
        return putOff;
    }

    /** How many hosts the sink gets at once, as configured. */
    int batchSize() {
        return sink.batch();
    }

    /** Whether a batch goes whole or not at all; a route file may send a part of it before it fails. */
    boolean isOneRequestABatch() {
        return sink.batch() == 1 || List.of("http", "sql", "syslog").contains(sink.name());
    }

    /** Whether the sink is told only of what it does not have. */
    boolean tellsChanges() {
        return sink.emit() == Emit.CHANGES;
    }

    /** The hosts that the run saw, as long as the delivery goes on. */
    synchronized List<Recorded.RecordedHost> hosts() {
        return recorded == null ? List.of() : recorded.hosts();
    }

    /**
     * What the sink is to be told, each as a message, in lists of at most the batch size of the sink.
     *
     * @throws LedgerException when it cannot be read
     */
    public Iterator<List<Message>> getBatches() throws LedgerException {
        return batches(source());
    }

    /** The same of the guests that took the place of others: to be told when the end of those was taken. */
    public synchronized Iterator<List<Message>> getSuccessors() {
        write();
        return source == null ? Collections.emptyIterator() : batches(kept(source.successors()));
    }

    private Iterator<List<Message>> batches(DeliverySource events) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !isOver() && !isPutOff() && events.hasNext();
            }

            @Override
            public List<Message> next() {
                List<Event> batch = new ArrayList<>();
                while (batch.size() < sink.batch() && events.hasNext()) {
                    batch.add(events.next());
                }
                offer(batch);
                return batch.stream()
                        .map(messages::message)
                        .map(Message.class::cast)
                        .toList();
            }
        };
    }

    private synchronized DeliverySource source() throws LedgerException {
        List<Recorded.RecordedHost> whole = tellsChanges() ? List.of() : hosts();
        source = kept(new DeliverySource(ledger, run.getCluster(), run.getId(), run.startedAt(), whole, dealtWith));
        return source;
    }

    private DeliverySource kept(DeliverySource events) {
        sources.add(events);
        return events;
    }

    private synchronized void offer(List<Event> batch) {
        offered += batch.size();
    }

    /** @param freshly whether its time begins now; else it began when the hosts were there */
    synchronized void begin(boolean freshly) {
        if (freshly) {
            startNanos = nanoTime.getAsLong();
        }
    }

    String cluster() {
        return run.getCluster();
    }

    String runId() {
        return run.getId();
    }

    /** False once the sink is not to be asked any more for this run: its time is over, or it refuses everything. */
    public synchronized boolean isOpen() {
        return !over
                && !paused
                && !putOff
                && nanoTime.getAsLong() - startNanos < timeoutNanos
                && !stopping.getAsBoolean();
    }

    /** Whether the program ends. */
    boolean isStopping() {
        return stopping.getAsBoolean();
    }

    /** How long the sink may still be asked, in milliseconds. */
    synchronized long remainingMillis() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(timeoutNanos - (nanoTime.getAsLong() - startNanos)));
    }

    /** What to cancel when the delivery is over. */
    synchronized void alarm(Future<?> atTimeout) {
        alarm = atTimeout;
    }

    /** Ends the delivery; false if it had ended before. */
    synchronized boolean end() {
        boolean first = !over;
        over = true;
        recorded = null;
        if (alarm != null) {
            alarm.cancel(false);
        }
        return first;
    }

    synchronized boolean isOver() {
        return over;
    }

    synchronized boolean isPaused() {
        return paused;
    }

    synchronized void pause() {
        paused = true;
    }

    /**
     * The sink did not take what it was last given; it may be asked again.
     *
     * @param sure whether it has nothing of that for sure; else it may have taken it, and the answer was lost
     */
    synchronized void failing(String problem, boolean sure) {
        failure = problem;
        doubtful |= !sure;
    }

    /** The sink did not take these, and is not asked for them again in this delivery. */
    synchronized void notTaken(List<Event> events, String problem) {
        notTaken(events.size(), problem);
        if (!doubtful) {
            surelyNotTaken(events);
        }
        doubtful = false;
    }

    private void surelyNotTaken(List<Event> events) {
        if (!tellsChanges()) {
            return;
        }
        try {
            ledger.notTaken(events);
        } catch (LedgerException e) {
            lastProblem = "what the sink did not take cannot be written down: " + e.getMessage();
        }
    }

    /** Why the sink did not take what it was last given, or empty if it did. */
    synchronized String failure() {
        return failure;
    }

    /** The sink took these. */
    synchronized void taken(List<Event> events) {
        ok += events.size();
        failure = "";
        doubtful = false;
        unwritten.addAll(events);
        deal(events);
        long now = nanoTime.getAsLong();
        if (unwritten.size() >= MOST_UNWRITTEN || now - writtenNanos >= LONGEST_UNWRITTEN_NANOS) {
            write();
            writtenNanos = now;
        }
    }

    /** Only what is told whole is told again by the rest of a delivery; else the ledger knows. */
    private void deal(List<Event> events) {
        if (!tellsChanges()) {
            events.forEach(event -> dealtWith.add(event.number()));
        }
    }

    /** Writes down what became of all; a sink that was never sent a host does not have it. */
    synchronized void close() {
        write();
        sources.forEach(events -> surelyNotTaken(events.left()));
        sources.clear();
    }

    /** Writes down what the sink took; what could not be written is told it once more. */
    synchronized void write() {
        if (unwritten.isEmpty()) {
            return;
        }
        try {
            ledger.acknowledge(unwritten);
        } catch (LedgerException e) {
            lastProblem = unwritten.size() + " hosts that it took will be sent once more: " + e.getMessage();
        }
        unwritten.clear();
    }

    /** The sink will not take this. */
    synchronized void rejected(Event event, String answer) {
        notTaken(1, answer);
        rejected++;
        lastRejection = answer;
        deal(List.of(event));
        try {
            ledger.park(event, answer);
        } catch (LedgerException e) {
            lastProblem = answer + ", and that cannot be written down: " + e.getMessage();
        }
    }

    synchronized void notTaken(int hosts, String problem) {
        failed += hosts;
        lastProblem = problem;
    }

    /** The report was not taken. */
    synchronized void reportNotTaken(String problem) {
        lastProblem = problem;
    }

    /** How many hosts were offered so far. */
    synchronized int offered() {
        return offered;
    }

    synchronized int ok() {
        return ok;
    }

    synchronized int failed() {
        return failed;
    }

    /** How many hosts were not offered, since the sink rejected them not long ago. */
    synchronized int resting() {
        return source == null ? 0 : source.resting();
    }

    /** How many hosts of the cluster the sink does not have as they are. */
    long lacks() throws LedgerException {
        return ledger.lacks(run.getCluster());
    }

    /** What the names of its problems begin with, as long as they last. */
    String problemPrefix() {
        return run.getCluster() + " " + sink.name() + " ";
    }

    /** The same as long as the problem is of the same kind, whatever its words. */
    synchronized String problemKey() {
        return problemPrefix() + lastProblem.replaceFirst(" .*", "");
    }

    /** How it went, for whoever counts. */
    synchronized Told told() {
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - startNanos);
        return new Told(sink.name(), run.getCluster(), took, offered, lastProblem.isEmpty(), paused);
    }

    SinkLedger ledger() {
        return ledger;
    }

    /** What went wrong last, or empty if the sink took everything. */
    synchronized String lastProblem() {
        return lastProblem;
    }
}
