package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.KeptHost;
import io.github.proxmoxdiscovery.run.RunReport;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.camel.Message;

/**
 * The hosts of one run on their way to one sink. Its batches are made one after the other, so a slow sink holds one of
 * them in memory as messages, not all.
 */
public final class Delivery {

    private final String sink;
    private final ClusterRun run;
    private final RunReport report;
    private final HostMessages messages;
    private final int batchSize;
    private final long timeoutNanos;
    private final BooleanSupplier stopping;
    private final long startNanos = System.nanoTime();
    private int ok;
    private int failed;
    private boolean paused;
    private String lastProblem = "";

    Delivery(
            String sink,
            ClusterRun run,
            RunReport report,
            HostMessages messages,
            int batchSize,
            Duration timeout,
            BooleanSupplier stopping) {
        this.sink = sink;
        this.run = run;
        this.report = report;
        this.messages = messages;
        this.batchSize = batchSize;
        this.timeoutNanos = timeout.toNanos();
        this.stopping = stopping;
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

    /** False once the sink is not to be asked any more for this run: its time is over, or it refuses everything. */
    public boolean isOpen() {
        return !paused && System.nanoTime() - startNanos < timeoutNanos && !stopping.getAsBoolean();
    }

    /** How long the sink may still be asked, in milliseconds. */
    long remainingMillis() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(timeoutNanos - (System.nanoTime() - startNanos)));
    }

    boolean isPaused() {
        return paused;
    }

    void pause() {
        paused = true;
    }

    void taken(int hosts) {
        ok += hosts;
    }

    void notTaken(int hosts, String problem) {
        failed += hosts;
        lastProblem = problem;
    }

    /** The report was not taken. */
    void reportNotTaken(String problem) {
        lastProblem = problem;
    }

    int ok() {
        return ok;
    }

    int failed() {
        return failed;
    }

    /** What went wrong last, or empty if the sink took everything. */
    String lastProblem() {
        return lastProblem;
    }
}
