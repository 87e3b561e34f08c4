package io.github.proxmoxdiscovery.time;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** When a thread last had its turn. */
public final class HeartBeat {

    private static final long SECONDS = 5;

    private final LongSupplier nanoTime;
    private volatile long last;

    /** @param nanoTime a clock as {@link System#nanoTime} */
    public HeartBeat(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        beat();
    }

    /** From now on it beats on a thread of this executor. */
    public void start(ScheduledExecutorService executor) {
        executor.scheduleWithFixedDelay(this::beat, 0, SECONDS, TimeUnit.SECONDS);
    }

    private void beat() {
        last = nanoTime.getAsLong();
    }

    /** How long ago that is. */
    public Duration silentFor() {
        return Duration.ofNanos(nanoTime.getAsLong() - last);
    }
}
