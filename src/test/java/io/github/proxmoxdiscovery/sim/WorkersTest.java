package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private final Workers workers = new Workers(1, 1, Duration.ofMillis(20));

    @Test
    void aCallThatWaitsTooLongForItsWorkerTimesOutAtTheProxy() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Object> first = CompletableFuture.supplyAsync(() -> call(() -> {
            begun.countDown();
            end.await();
            return "done";
        }));
        begun.await();
        assertThatThrownBy(() -> workers.call("pve1", true, Duration.ZERO, () -> "late"))
                .asInstanceOf(type(ApiException.class))
                .satisfies(e -> assertThat(e.status()).isEqualTo(596))
                .satisfies(e -> assertThat(e.reason()).isEqualTo("Connection timed out"));
        assertThat(workers.call("pve1", false, Duration.ZERO, () -> "unprotected"))
                .isEqualTo("unprotected");
        assertThat(workers.call("pve2", true, Duration.ZERO, () -> "elsewhere")).isEqualTo("elsewhere");
        end.countDown();
        assertThat(first.get()).isEqualTo("done");
        assertThat(call(() -> "free again")).isEqualTo("free again");
    }

    private Object call(Workers.Work work) {
        try {
            return workers.call("pve1", true, Duration.ZERO, work);
        } catch (ApiException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
