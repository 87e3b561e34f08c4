package io.github.proxmoxdiscovery.time;

import java.time.Duration;

/**
 * A wait that doubles each time that something fails again.
 *
 * @param first after the first failure
 * @param longest however often it fails
 */
public record Doubling(Duration first, Duration longest) {

    /** More doublings than any longest wait leaves room for. */
    private static final int MOST = 30;

    /** The wait after so many failures in a row, at least 1. */
    public Duration after(int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(failures - 1, MOST));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
