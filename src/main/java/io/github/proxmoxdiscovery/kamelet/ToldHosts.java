package io.github.proxmoxdiscovery.kamelet;

import io.github.proxmoxdiscovery.route.SinkPausedException;
import io.github.proxmoxdiscovery.route.SinkUnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The sink of a pipeline inside another application: that application's route, one host at a time. */
public final class ToldHosts {

    /** What takes a host: gives what went wrong with it, or null. */
    @FunctionalInterface
    interface Taker {
        @Nullable
        Exception take(Message host) throws Exception;
    }

    private final Taker taker;
    private final Consumer<String> reports;
    private final Stumbles stumbles = new Stumbles();
    private final ReentrantLock inHand = new ReentrantLock();
    private volatile boolean ended;

    ToldHosts(Taker taker, Consumer<String> reports) {
        this.taker = taker;
        this.reports = reports;
    }

    /**
     * Tells the hosts of a batch.
     *
     * @throws SinkUnreachableException when the route fails: it is to be told the same again
     * @throws SinkPausedException when nothing is taken any more
     */
    public void take(Exchange batch) throws Exception {
        List<?> hosts = batch.getMessage().getBody(List.class);
        for (Object host : hosts) {
            tell((Message) host, batch);
        }
    }

    private void tell(Message host, Exchange batch) throws Exception {
        Exception failure;
        inHand.lock();
        try {
            if (ended) {
                throw new SinkPausedException("the source is stopped");
            }
            failure = taker.take(host);
        } finally {
            inHand.unlock();
        }
        if (failure == null) {
            stumbles.worked();
        } else {
            notTaken(host, batch, failure);
        }
    }

    private void notTaken(Message host, Exchange batch, Exception failure) throws SinkUnreachableException {
        // Without its cause: that a connection failed says nothing of what the route did before.
        String what = "the route failed: " + failure.getClass().getSimpleName() + ": " + failure.getMessage();
        if (!stumbles.isOverAgain(host.getHeader("ce_id", String.class))) {
            throw new SinkUnreachableException(what, null);
        }
        batch.getMessage().removeHeaders("*");
        batch.getMessage().setHeader("rejected", Map.of(host.getHeader("id", String.class), what));
    }

    /** The report of a run is there. */
    public void report(String json) {
        reports.accept(json);
    }

    /** Tells nothing any more, and waits for the one that is being told. */
    void end(Duration most) {
        ended = true;
        try {
            if (inHand.tryLock(most.toMillis(), TimeUnit.MILLISECONDS)) {
                inHand.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
