package io.github.proxmoxdiscovery.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.run.ClusterRun;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What waits for a sink: many clusters for a slow one, and nobody for one that does not come back. */
class BacklogTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final AtomicLong nanos = new AtomicLong();
    private final Backlog backlog = new Backlog();

    private Delivery delivery(String cluster) {
        ClusterRun run = new ClusterRun(cluster, Clock.systemUTC());
        HostMessages messages = new HostMessages(new DefaultCamelContext(), run);
        return new Delivery("sink", run, run.report(List.of("sink")), messages, 1, TIMEOUT, () -> false, nanos::get);
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aClusterThatWaitedForItsTurnHasItsWholeTimeAtASinkThatTakesHosts() {
        Delivery first = delivery("a");
        Delivery second = delivery("b");
        assertThat(backlog.add(first)).isEmpty();
        assertThat(backlog.add(second)).isEmpty();
        backlog.begin(first);
        passes(Duration.ofSeconds(59));
        first.taken(3);
        backlog.back(first);
        passes(Duration.ofSeconds(30));
        backlog.begin(second);

        assertThat(second.isOpen()).isTrue();
        assertThat(second.remainingMillis()).isEqualTo(TIMEOUT.toMillis());
    }

    @Test
    void aSinkThatTakesNothingDoesNotHoldUpEveryClusterAnew() {
        Delivery first = delivery("a");
        Delivery second = delivery("b");
        backlog.add(first);
        backlog.add(second);
        backlog.begin(first);
        passes(Duration.ofSeconds(61));
        first.notTaken(3, "nobody listens");
        backlog.back(first);
        backlog.begin(second);

        assertThat(second.isOpen()).isFalse();
    }

    @Test
    void nobodyWaitsForASinkThatDoesNotComeBack() {
        Delivery first = delivery("a");
        Delivery second = delivery("b");
        backlog.add(first);
        backlog.add(second);
        backlog.begin(first);
        first.end();

        assertThat(backlog.drain()).containsExactly(second);
        assertThat(backlog.add(delivery("b")))
                .hasValueSatisfying(why -> assertThat(why).contains(first.runId()));
        backlog.back(first);
        assertThat(backlog.add(delivery("b"))).isEmpty();
    }

    @Test
    void oneRunOfAClusterWaitsAtMost() {
        Delivery first = delivery("a");
        backlog.add(first);
        backlog.begin(first);
        assertThat(backlog.add(delivery("a"))).isEmpty();
        assertThat(backlog.add(delivery("a"))).isPresent();
        assertThat(backlog.add(delivery("b"))).isEmpty();
    }
}
