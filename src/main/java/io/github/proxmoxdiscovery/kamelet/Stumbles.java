package io.github.proxmoxdiscovery.kamelet;

/**
 * Tells a route that fails at one host from one that fails at all: the one host must not hold up the others, and all
 * others must not be put aside because a database is away. Not safe for threads.
 */
final class Stumbles {

    /** So often a route may fail at a host before it counts as the host's fault. */
    private static final int TRIES = 3;

    private String event = "";
    private int times;
    private boolean worked = true;

    /** The route took a host. */
    void worked() {
        worked = true;
        times = 0;
    }

    /** The route failed. True if it is to be spared this host for a while: it failed at it often, but took others. */
    boolean isOverAgain(String failedEvent) {
        times = failedEvent.equals(event) ? times + 1 : 1;
        event = failedEvent;
        boolean fault = times >= TRIES && worked;
        if (fault) {
            worked = false;
        }
        return fault;
    }
}
