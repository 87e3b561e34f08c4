package io.github.proxmoxdiscovery.route;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * The threads in which clusters and lanes wait for answers: virtual ones from Java 24 on. Before, a virtual thread that
 * waits in a {@code synchronized} block of a library keeps its processor, and a few of them would hold up all others.
 */
final class LaneThreads {

    static final int FIRST_VIRTUAL = 24;

    private LaneThreads() {}

    /** @param platform makes the threads where there are no virtual ones */
    static ExecutorService executor(ThreadFactory platform) {
        if (Runtime.version().feature() < FIRST_VIRTUAL) {
            return Executors.newCachedThreadPool(platform);
        }
        try {
            return virtual();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("no virtual threads: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no virtual threads: " + e, e);
        }
    }

    /** {@code Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lane-", 1).factory())}. */
    private static ExecutorService virtual() throws ReflectiveOperationException {
        Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        ofVirtual.getMethod("name", String.class, long.class).invoke(builder, "lane-", 1L);
        Object threads = ofVirtual.getMethod("factory").invoke(builder);
        return (ExecutorService) Executors.class
                .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                .invoke(null, threads);
    }
}
