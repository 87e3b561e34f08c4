package io.github.proxmoxdiscovery.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What lasts is said when it begins, every ten minutes, and when it is over. */
class RepeatsTest {

    private long now;
    private final Repeats repeats = new Repeats(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void aProblemIsSaidOnceInTenMinutesWithHowOftenItCame() {
        assertThat(repeats.came("lab/pve2: NODE_OFFLINE")).hasValue("");
        pass(Duration.ofMinutes(5));
        assertThat(repeats.came("lab/pve2: NODE_OFFLINE")).isEmpty();
        assertThat(repeats.came("lab/pve3: NODE_OFFLINE")).hasValue("");
        pass(Duration.ofMinutes(5));
        assertThat(repeats.came("lab/pve2: NODE_OFFLINE")).hasValue(" (3 times by now)");
    }

    @Test
    void whatIsOverIsSaidAndBeginsAnew() {
        repeats.came("one");
        repeats.came("one");
        repeats.came("two");
        assertThat(repeats.over("", Set.of("two"))).isEqualTo(Map.of("one", 2));
        assertThat(repeats.came("one")).hasValue("");
        assertThat(repeats.over("t", Set.of())).isEqualTo(Map.of("two", 1));
    }
}
