package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.KeptHost;
import io.github.proxmoxdiscovery.run.RunReport;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of one run on their way to one sink. Its batches are made one after the other, so a slow sink holds one of
 * them in memory as messages, not all. Hosts are accounted for in their order, so what is open is always the rest.
 */
public final class Delivery {

    private final String sink;
    private final ClusterRun run;
    private final RunReport report;
    private final HostMessages messages;
    private final int batchSize;
    private final long timeoutNanos;
    private final BooleanSupplier stopping;
    private final LongSupplier nanoTime;
    private long startNanos;
    private @Nullable Future<?> alarm;
    private int ok;
    private int failed;
    private int lost;
    private boolean over;
    private boolean paused;
    private String failure = "";
    private String lastProblem = "";

    Delivery(
            String sink,
            ClusterRun run,
            RunReport report,
            HostMessages messages,
            int batchSize,
            Duration timeout,
            BooleanSupplier stopping,
            LongSupplier nanoTime) {
        this.sink = sink;
        this.run = run;
        this.report = report;
        this.messages = messages;
        this.batchSize = batchSize;
        this.timeoutNanos = timeout.toNanos();
        this.stopping = stopping;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    public String getSink() {
        return sink;
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

    /** How many hosts the sink gets at once, as configured. */
    int batchSize() {
        return batchSize;
    }

    /** The hosts, each as a message, in lists of at most the batch size of the sink. */
    public Iterator<List<Message>> getBatches() {
        List<KeptHost> hosts = run.hosts();
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < hosts.size();
            }

            @Override
            public List<Message> next() {
                int end = Math.min(next + batchSize, hosts.size());
                List<Message> batch =
                        hosts.subList(next, end).stream().map(messages::message).toList();
                next = end;
                return batch;
            }
        };
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
        return !over && !paused && nanoTime.getAsLong() - startNanos < timeoutNanos && !stopping.getAsBoolean();
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

    /** The sink did not take what it was last given; it may be asked again. */
    synchronized void failing(String problem) {
        failure = problem;
    }

    /** Why the sink did not take what it was last given, or empty if it did. */
    synchronized String failure() {
        return failure;
    }

    synchronized void taken(int hosts) {
        ok += hosts;
        failure = "";
    }

    synchronized void notTaken(int hosts, String problem) {
        failed += hosts;
        lastProblem = problem;
    }

    /** Hosts that were not taken could not be kept either. */
    synchronized void lost(int hosts) {
        lost += hosts;
    }

    synchronized int lost() {
        return lost;
    }

    /** The report was not taken. */
    synchronized void reportNotTaken(String problem) {
        lastProblem = problem;
    }

    synchronized int ok() {
        return ok;
    }

    synchronized int failed() {
        return failed;
    }

    /** The hosts that are not accounted for yet. */
    synchronized List<Message> rest() {
        List<KeptHost> hosts = run.hosts();
        return hosts.subList(ok + failed, hosts.size()).stream()
                .map(messages::message)
                .toList();
    }

    /** What went wrong last, or empty if the sink took everything. */
    synchronized String lastProblem() {
        return lastProblem;
    }
}
