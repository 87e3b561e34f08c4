package io.github.proxmoxdiscovery.client;

import java.time.Duration;

/** The time that is left to the run that goes on; without a run, there is no end to it. */
final class RunTime {

    private static final Duration ENDLESS = Duration.ofDays(365);

    private volatile long end = System.nanoTime() + ENDLESS.toNanos();

    /** A run begins that may take this long. */
    void begin(Duration most) {
        end = System.nanoTime() + most.toNanos();
    }

    /** Zero or less when the run should be over. */
    Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }
}
