package io.github.proxmoxdiscovery.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which clusters are read, with a gate before them. While it is closed, runs that have begun go on to
 * their end, and those that are due wait; none of them is lost.
 */
public final class RunGate extends ThreadPoolExecutor {

    private final Object lock = new Object();
    private final List<Runnable> held = new ArrayList<>();
    private boolean closed;
    private int underWay;

    /** @param clusters how many are read at once */
    public RunGate(int clusters, ThreadFactory threads) {
        super(clusters, clusters, 0, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), threads);
    }

    @Override
    public void execute(Runnable run) {
        synchronized (lock) {
            if (closed && !isShutdown()) {
                held.add(run);
                return;
            }
            underWay++;
        }
        try {
            super.execute(run);
        } catch (RejectedExecutionException e) {
            over(1);
            throw e;
        }
    }

    @Override
    protected void afterExecute(Runnable run, @Nullable Throwable thrown) {
        over(1);
    }

    private void over(int runs) {
        synchronized (lock) {
            underWay -= runs;
        }
    }

    /** Lets no run begin from now on, also none that waits for a thread. */
    public void hold() {
        synchronized (lock) {
            closed = true;
            List<Runnable> waiting = new ArrayList<>();
            getQueue().drainTo(waiting);
            underWay -= waiting.size();
            held.addAll(waiting);
        }
    }

    /** Lets all begin that are due. */
    public void release() {
        List<Runnable> due;
        synchronized (lock) {
            closed = false;
            due = List.copyOf(held);
            held.clear();
        }
        due.forEach(this::execute);
    }

    /** Whether no run goes on. */
    public boolean isIdle() {
        synchronized (lock) {
            return underWay == 0;
        }
    }

    /** Forgets the runs that are held; true if there were any. */
    public boolean forgetHeld() {
        synchronized (lock) {
            boolean any = !held.isEmpty();
            held.clear();
            return any;
        }
    }
}
