package io.github.proxmoxdiscovery.sim;

import java.time.Duration;
import java.util.regex.Pattern;

/** Holds the requests that match until it is opened, so that a test can look at what is in between. */
public final class Gate implements AutoCloseable {

    private final Pattern pattern;
    private int held;
    private int passes;
    private boolean open;

    Gate(String regex) {
        pattern = Pattern.compile(regex);
    }

    /** How many requests stand before the gate now. */
    public synchronized int held() {
        return held;
    }

    public synchronized void awaitHeld(int number, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (held < number) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException("only " + held + " of " + number + " requests came: " + pattern);
            }
            wait(left);
        }
    }

    /** Lets one request through, one that stands there or the next to come. */
    public synchronized void letOnePass() {
        passes++;
        notifyAll();
    }

    /** Lets all through, from now on. */
    public synchronized void open() {
        open = true;
        notifyAll();
    }

    @Override
    public void close() {
        open();
    }

    synchronized void pass(String target) throws InterruptedException {
        if (!pattern.matcher(target).find()) {
            return;
        }
        held++;
        notifyAll();
        try {
            while (!open && passes == 0) {
                wait();
            }
            passes = Math.max(passes - 1, 0);
        } finally {
            held--;
        }
    }
}
