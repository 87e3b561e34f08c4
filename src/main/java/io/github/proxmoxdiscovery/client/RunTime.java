package io.github.proxmoxdiscovery.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time that is left to the run that goes on; without a run, there is no end to it. */
final class RunTime {

    private static final Duration ENDLESS = Duration.ofDays(365);

    private final CountDownLatch programEnds = new CountDownLatch(1);
    private volatile long end = System.nanoTime() + ENDLESS.toNanos();

    /** A run begins that may take this long. */
    void begin(Duration most) {
        end = System.nanoTime() + most.toNanos();
    }

    /** Waits this long; false if the program ends meanwhile. */
    boolean pause(Duration time) throws InterruptedException {
        return !programEnds.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The program ends: nobody waits any more. */
    void end() {
        programEnds.countDown();
    }

    /** Zero or less when the run should be over. */
    Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }
}
