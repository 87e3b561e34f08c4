package io.github.proxmoxdiscovery.sim;

import java.util.regex.Pattern;

/** A fault in force: which requests it meets, and how often still. */
public final class ActiveFault {

    private final Pattern pattern;
    private final Fault fault;
    private int left;
    private int hits;

    ActiveFault(String regex, Fault fault, int times) {
        this.pattern = Pattern.compile(regex);
        this.fault = fault;
        this.left = times;
    }

    /** Ends it; requests that it has met already are not called back. */
    public synchronized void remove() {
        left = 0;
    }

    /** How many requests it has met. */
    public synchronized int hits() {
        return hits;
    }

    Fault fault() {
        return fault;
    }

    synchronized boolean meets(String target) {
        if (left == 0 || !pattern.matcher(target).find()) {
            return false;
        }
        left--;
        hits++;
        return true;
    }
}
