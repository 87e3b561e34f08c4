package io.github.proxmoxdiscovery.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneThreadsTest {

    private final ExecutorService lanes = LaneThreads.executor(task -> {
        Thread thread = new Thread(task, "lane-1");
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void end() {
        lanes.shutdownNow();
    }

    @Test
    void areVirtualWhereAWaitInASynchronizedBlockHoldsUpNobody() throws Exception {
        Thread thread = lanes.submit(Thread::currentThread).get(10, TimeUnit.SECONDS);
        boolean virtual = Runtime.version().feature() >= LaneThreads.FIRST_VIRTUAL;
        assertThat(thread.getClass().getName().endsWith("VirtualThread")).isEqualTo(virtual);
        assertThat(thread.getName()).isEqualTo("lane-1");
        assertThat(thread.isDaemon()).isTrue();
    }

    @Test
    void endWhenTheyAreToldToWhateverTheyWaitFor() throws Exception {
        lanes.submit(() -> {
            Thread.currentThread().join();
            return null;
        });
        lanes.shutdownNow();
        assertThat(lanes.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
