package io.github.proxmoxdiscovery.route;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** When a thread last had its turn. */
final class HeartBeat {

    private static final long SECONDS = 5;

    private final LongSupplier nanoTime;
    private volatile long last;

    /** @param nanoTime a clock as {@link System#nanoTime} */
    HeartBeat(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        beat();
    }

    /** From now on it beats on a thread of this executor. */
    void start(ScheduledExecutorService executor) {
        executor.scheduleWithFixedDelay(this::beat, 0, SECONDS, TimeUnit.SECONDS);
    }

    private void beat() {
        last = nanoTime.getAsLong();
    }

    Duration silentFor() {
        return Duration.ofNanos(nanoTime.getAsLong() - last);
    }
}
