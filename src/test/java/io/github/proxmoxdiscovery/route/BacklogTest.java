package io.github.proxmoxdiscovery.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.ledger.ChangeRules;
import io.github.proxmoxdiscovery.ledger.Event;
import io.github.proxmoxdiscovery.ledger.EventType;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.Recorded;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.RunKind;
import io.github.proxmoxdiscovery.settings.Emit;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a sink: many clusters for a slow one, and nobody for one that does not come back. */
class BacklogTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final AtomicLong nanos = new AtomicLong();
    private final Backlog backlog = new Backlog();

    private Ledger ledger;

    @BeforeEach
    void open(@TempDir Path data) throws IOException {
        ledger = Ledger.open(data, Clock.systemUTC(), warning -> {});
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
    }

    private Delivery delivery(String cluster) {
        return delivery(cluster, RunKind.FULL);
    }

    private Delivery delivery(String cluster, RunKind kind) {
        ClusterRun run = new ClusterRun(cluster, kind, TIMEOUT, Clock.systemUTC());
        return new Delivery(
                new SinkSettings("sink", Optional.empty(), 1, Emit.ALL, true),
                run,
                run.report(Map.of("sink", 0L)),
                Recorded.NOTHING,
                new EventMessages(new DefaultCamelContext(), cluster, ledger.epoch()),
                ledger.sink("sink", true, true, new ChangeRules(Set.of())),
                TIMEOUT,
                () -> false,
                nanos::get);
    }

    private static List<Event> hosts() {
        String id = "a/qemu/100/net0";
        return List.of(new Event(1, id, EventType.OBSERVED, 1, 1, Instant.EPOCH, "run", null, "{}", List.of(), ""));
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void aClusterThatWaitedForItsTurnHasItsWholeTimeAtASinkThatTakesHosts() {
        Delivery first = delivery("a");
        Delivery second = delivery("b");
        assertThat(backlog.add(first).waits()).isTrue();
        assertThat(backlog.add(second).waits()).isTrue();
        backlog.begin(first);
        passes(Duration.ofSeconds(59));
        first.taken(hosts());
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
        assertThat(backlog.add(delivery("b")).waits()).isFalse();
        assertThat(backlog.add(delivery("b")).hangs()).contains(first.runId());
        backlog.back(first);
        assertThat(backlog.add(delivery("b")).waits()).isTrue();
    }

    @Test
    void oneRunOfAClusterWaitsAtMostAndANewFullOneTakesThePlaceOfTheOneBefore() {
        Delivery underWay = delivery("a");
        backlog.add(underWay);
        backlog.begin(underWay);
        Delivery waits = delivery("a");
        Delivery newer = delivery("a");
        assertThat(backlog.add(waits).waits()).isTrue();

        Backlog.Added added = backlog.add(newer);

        assertThat(added.waits()).isTrue();
        assertThat(added.needless()).isSameAs(waits);
        assertThat(backlog.add(delivery("b")).needless()).isNull();
        assertThat(backlog.open()).contains(newer).doesNotContain(waits);
    }

    @Test
    void aQuickRunIsNoReasonToForgetOneThatWaits() {
        Delivery waits = delivery("a");
        backlog.add(waits);
        Delivery quick = delivery("a", RunKind.QUICK);

        Backlog.Added added = backlog.add(quick);

        assertThat(added.waits()).isFalse();
        assertThat(added.needless()).isSameAs(quick);
        assertThat(added.hangs()).isEmpty();
        assertThat(backlog.open()).containsExactly(waits);
    }
}
