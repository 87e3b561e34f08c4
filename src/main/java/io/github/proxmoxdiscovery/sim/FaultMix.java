package io.github.proxmoxdiscovery.sim;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Faults at random, yet repeatable: which one meets a request depends on the seed, the request's path and query, and
 * how often it was made before, and not on the order in which requests come in.
 */
public final class FaultMix {

    private final long seed;
    private final double rate;
    private final List<Fault> choices;
    private final Map<String, AtomicInteger> made = new ConcurrentHashMap<>();
    private final AtomicInteger hits = new AtomicInteger();

    /**
     * @param rate the share of requests that meet a fault, 0 to 1
     * @param choices of which each is as likely as the others
     */
    public FaultMix(long seed, double rate, List<Fault> choices) {
        this.seed = seed;
        this.rate = rate;
        this.choices = List.copyOf(choices);
    }

    /** To be set on a cluster. */
    public Fault fault() {
        return Fault.of(exchange -> next(exchange.target()).deliver(exchange));
    }

    /** How many requests met one of the choices. */
    public int hits() {
        return hits.get();
    }

    private Fault next(String target) {
        int before = made.computeIfAbsent(target, key -> new AtomicInteger()).getAndIncrement();
        Random random = new Random((seed * 31 + target.hashCode()) * 31 + before);
        // The first numbers of seeds that lie close together are alike.
        random.nextLong();
        if (random.nextDouble() >= rate) {
            return Fault.none();
        }
        hits.incrementAndGet();
        return choices.get(random.nextInt(choices.size()));
    }
}
