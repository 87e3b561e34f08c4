package io.github.proxmoxdiscovery.sim;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The worker processes of each node: a call holds one until it is answered, as API code runs to its end in a
 * single-threaded worker (3 pveproxy and 3 pvedaemon on a node by default).
 */
final class Workers {

    /** What a worker does. */
    @FunctionalInterface
    interface Work {
        Object done() throws ApiException, InterruptedException;
    }

    /** AnyEvent::HTTP, MAX_PER_HOST: how many calls each pveproxy hands on at once; the others wait in it. */
    private static final int FORWARDED_BY_PROXY = 4;

    private final int ofProxy;
    private final int ofDaemon;
    private final Duration forwardTimeout;
    private final Map<String, Semaphore> pools = new ConcurrentHashMap<>();

    /**
     * Zero stands for any number.
     *
     * @param forwardTimeout how long pveproxy waits for pvedaemon to begin with a call, 30 s in reality
     */
    Workers(int ofProxy, int ofDaemon, Duration forwardTimeout) {
        this.ofProxy = ofProxy;
        this.ofDaemon = ofDaemon;
        this.forwardTimeout = forwardTimeout;
    }

    Object call(String node, boolean onDaemon, Duration time, Work work) throws ApiException, InterruptedException {
        if (!onDaemon) {
            Semaphore proxies = pool("proxy " + node, ofProxy);
            proxies.acquire();
            return done(proxies, time, work);
        }
        Semaphore forwarding = pool("forwarding " + node, ofProxy * FORWARDED_BY_PROXY);
        forwarding.acquire();
        try {
            return onDaemon(pool("daemon " + node, ofDaemon), time, work);
        } finally {
            forwarding.release();
        }
    }

    private Object onDaemon(Semaphore daemons, Duration time, Work work) throws ApiException, InterruptedException {
        if (!daemons.tryAcquire(forwardTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw ApiException.of(NodeState.TIMED_OUT, "Connection timed out");
        }
        return done(daemons, time, work);
    }

    private static Object done(Semaphore worker, Duration time, Work work) throws ApiException, InterruptedException {
        try {
            Thread.sleep(time.toMillis());
            return work.done();
        } finally {
            worker.release();
        }
    }

    private Semaphore pool(String key, int size) {
        return pools.computeIfAbsent(key, any -> new Semaphore(size == 0 ? Integer.MAX_VALUE : size, true));
    }
}
