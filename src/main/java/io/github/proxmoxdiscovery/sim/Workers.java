package io.github.proxmoxdiscovery.sim;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

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

    private final int ofProxy;
    private final int ofDaemon;
    private final Map<String, Semaphore> pools = new ConcurrentHashMap<>();

    /** Zero stands for any number. */
    Workers(int ofProxy, int ofDaemon) {
        this.ofProxy = ofProxy;
        this.ofDaemon = ofDaemon;
    }

    Object call(String node, boolean onDaemon, Duration time, Work work) throws ApiException, InterruptedException {
        Semaphore pool = pools.computeIfAbsent(
                (onDaemon ? "daemon " : "proxy ") + node, key -> pool(onDaemon ? ofDaemon : ofProxy));
        pool.acquire();
        try {
            Thread.sleep(time.toMillis());
            return work.done();
        } finally {
            pool.release();
        }
    }

    private static Semaphore pool(int size) {
        return new Semaphore(size == 0 ? Integer.MAX_VALUE : size, true);
    }
}
