package io.github.proxmoxdiscovery.route;

import java.time.Duration;

/**
 * How the time is spent that the program may take to end, {@code discovery.shutdown-timeout}. All three count from the
 * moment when it is told to.
 *
 * @param sinks until then a sink may finish the batch that it has
 * @param routes until then Camel waits for routes that are not back, in whole seconds
 * @param whole until then the process waits for Camel, in whole seconds
 */
record StopTimes(Duration sinks, Duration routes, Duration whole) {

    /** What Java itself needs at the end. */
    private static final Duration RESERVE = Duration.ofSeconds(1);

    static StopTimes of(Duration most) {
        Duration whole = Duration.ofSeconds(most.minus(RESERVE).toSeconds());
        return new StopTimes(
                whole.dividedBy(2),
                Duration.ofSeconds(whole.multipliedBy(3).dividedBy(4).toSeconds()),
                whole);
    }
}
