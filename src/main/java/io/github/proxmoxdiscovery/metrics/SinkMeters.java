package io.github.proxmoxdiscovery.metrics;

import io.github.proxmoxdiscovery.ledger.EventType;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.SinkLedger;
import io.github.proxmoxdiscovery.metrics.Measures.Told;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the sinks take, and what they lack. */
final class SinkMeters {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.metrics");

    private static final String SINK = "sink";

    private record Pair(String sink, String cluster) {}

    private record Lack(long hosts, Optional<Instant> since) {}

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<Pair, Lack> lacks = new ConcurrentHashMap<>();
    private final Gauges rejected;
    private final Gauges paused;

    SinkMeters(MeterRegistry registry, List<String> sinks, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.rejected =
                new Gauges(registry, Names.SINK_REJECTED, "", "Hosts that the sink rejected and has not taken since.");
        this.paused = new Gauges(registry, Names.SINK_PAUSED, "", "1 if the sink refused everything when last asked.");
        sinks.forEach(this::register);
    }

    private void register(String sink) {
        Arrays.stream(EventType.values()).forEach(type -> events(sink, type));
        deliveries(sink, true);
        deliveries(sink, false);
        duration(sink);
        rejected.of(SINK, sink);
        paused.of(SINK, sink);
        Gauge.builder(Names.SINK_BACKLOG, () -> backlog(sink))
                .tags(SINK, sink)
                .description("Hosts of which the sink does not have the last state, those included that it rejected.")
                .register(registry);
        Gauge.builder(Names.SINK_BACKLOG_AGE, () -> backlogAge(sink))
                .tags(SINK, sink)
                .baseUnit("seconds")
                .description("How long the oldest state has been known that the sink does not have.")
                .register(registry);
    }

    private double backlog(String sink) {
        return lacks.entrySet().stream()
                .filter(entry -> entry.getKey().sink().equals(sink))
                .mapToLong(entry -> entry.getValue().hosts())
                .sum();
    }

    private double backlogAge(String sink) {
        Instant now = clock.instant();
        return lacks.entrySet().stream()
                .filter(entry -> entry.getKey().sink().equals(sink))
                .map(entry -> entry.getValue().since().orElse(null))
                .filter(Objects::nonNull)
                .mapToDouble(since -> Math.max(0, Duration.between(since, now).toMillis() / 1000.0))
                .max()
                .orElse(0);
    }

    void taken(String sink, EventType type, int events) {
        events(sink, type).increment(events);
    }

    void delivered(Told told, SinkLedger ledger) {
        deliveries(told.sink(), told.whole()).increment();
        duration(told.sink()).record(told.took());
        try {
            lacks.put(new Pair(told.sink(), told.cluster()), lack(told, ledger));
            if (told.offered() > 0 || backlog(told.sink()) == 0) {
                // Else it was asked for nothing, of this cluster, and may refuse everything as before.
                paused.set(told.paused() ? 1 : 0, SINK, told.sink());
            }
            rejected.set(ledger.parked(), SINK, told.sink());
        } catch (LedgerException e) {
            LOG.warn("what the sink {} lacks cannot be counted: {}", told.sink(), e.getMessage());
        }
    }

    /** To count them takes a look at every host, so that is done only where there can be some. */
    private static Lack lack(Told told, SinkLedger ledger) throws LedgerException {
        long hosts = told.whole() ? 0 : ledger.lacks(told.cluster());
        return new Lack(hosts, hosts == 0 ? Optional.empty() : ledger.lacksSince(told.cluster()));
    }

    private Counter events(String sink, EventType type) {
        return Counter.builder(Names.EVENTS)
                .description("Events that the sink took.")
                .tags(SINK, sink, "type", type.text())
                .register(registry);
    }

    private Counter deliveries(String sink, boolean whole) {
        return Counter.builder(Names.DELIVERIES)
                .description("How often the sink was told of a run.")
                .tags(SINK, sink, "result", whole ? "whole" : "partial")
                .register(registry);
    }

    private Timer duration(String sink) {
        return Timer.builder(Names.DELIVERY_DURATION)
                .description("How long it took to tell the sink of a run.")
                .tags(SINK, sink)
                .register(registry);
    }
}
