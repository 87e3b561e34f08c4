package io.github.proxmoxdiscovery.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The time that is left to the run that goes on; without a run, there is no end to it. */
final class RunTime {

    private static final Duration ENDLESS = Duration.ofDays(365);

    private final AtomicInteger repeated = new AtomicInteger();
    private final CountDownLatch programEnds = new CountDownLatch(1);
    private final LongSupplier nanoTime;
    private volatile @Nullable Long end;

    RunTime() {
        this(System::nanoTime);
    }

    /** @param nanoTime a clock as {@link System#nanoTime} */
    RunTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A run begins that may take this long. */
    void begin(Duration most) {
        end = nanoTime.getAsLong() + most.toNanos();
        repeated.set(0);
    }

    /** A question of the run is asked once more. */
    void askedAgain() {
        repeated.incrementAndGet();
    }

    /** How many questions of the run were asked once more. */
    int repeated() {
        return repeated.get();
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
        Long ofRun = end;
        return ofRun == null ? ENDLESS : Duration.ofNanos(ofRun - nanoTime.getAsLong());
    }
}
