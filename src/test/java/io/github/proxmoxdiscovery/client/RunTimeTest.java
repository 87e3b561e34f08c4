package io.github.proxmoxdiscovery.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run has an end, and what is no part of a run has none. */
@Timeout(60)
class RunTimeTest {

    private long now = Long.MAX_VALUE - 1_000_000_000L;
    private final RunTime time = new RunTime(() -> now);

    @Test
    void withoutARunThereIsNoEndHoweverLongTheProgramRuns() {
        now += Duration.ofDays(400).toNanos();
        assertThat(time.left()).isGreaterThan(Duration.ofDays(1));
    }

    @Test
    void aRunHasItsTimeAndTheNextOneHasItAgain() {
        time.begin(Duration.ofMinutes(10));
        assertThat(time.left()).isEqualTo(Duration.ofMinutes(10));
        now += Duration.ofMinutes(11).toNanos();
        assertThat(time.left()).isEqualTo(Duration.ofMinutes(-1));
        time.begin(Duration.ofMinutes(10));
        assertThat(time.left()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whoWaitsIsWokenWhenTheProgramEndsAndNobodyWaitsAfterwards() throws Exception {
        CompletableFuture<Boolean> waits = CompletableFuture.supplyAsync(() -> {
            try {
                return time.pause(Duration.ofDays(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        time.end();
        assertThat(waits.get()).isFalse();
        assertThat(time.pause(Duration.ofDays(1))).isFalse();
    }

    @Test
    void aShortWaitIsWaited() throws InterruptedException {
        assertThat(time.pause(Duration.ofMillis(1))).isTrue();
    }
}
