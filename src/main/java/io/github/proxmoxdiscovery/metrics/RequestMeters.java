package io.github.proxmoxdiscovery.metrics;

import io.github.proxmoxdiscovery.client.Asked;
import io.github.proxmoxdiscovery.client.Question;
import io.github.proxmoxdiscovery.client.RequestListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The requests to one cluster. */
final class RequestMeters implements RequestListener {

    /** A cluster has fewer nodes; whatever its list says, there are no more labels. */
    private static final int MOST_NODES = 256;

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private record Ending(Question kind, String status) {}

    private final MeterRegistry registry;
    private final String cluster;
    private final Gauges inFlight;
    private final Map<Question, Timer> durations = new EnumMap<>(Question.class);
    private final Map<Ending, Counter> requests = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> nodes = new ConcurrentHashMap<>();

    RequestMeters(MeterRegistry registry, String cluster, Gauges inFlight) {
        this.registry = registry;
        this.cluster = cluster;
        this.inFlight = inFlight;
        for (Question kind : Question.values()) {
            durations.put(kind, duration(kind));
            requests.computeIfAbsent(new Ending(kind, "200"), this::counter);
        }
    }

    static Gauges inFlight(MeterRegistry registry) {
        return new Gauges(registry, Names.REQUESTS_IN_FLIGHT, "", "Requests that a node is answering now.");
    }

    @Override
    public void asking(String node) {
        node(node).incrementAndGet();
    }

    @Override
    public void asked(Asked asked) {
        node(asked.node()).decrementAndGet();
        Question kind = asked.question();
        requests.computeIfAbsent(new Ending(kind, asked.status()), this::counter)
                .increment();
        durations.get(kind).record(asked.took());
    }

    private AtomicLong node(String node) {
        AtomicLong known = nodes.get(node);
        if (known != null) {
            return known;
        }
        String label = node.isEmpty() ? "(entry)" : nodes.size() < MOST_NODES ? node : "(other)";
        return nodes.size() < MOST_NODES
                ? nodes.computeIfAbsent(node, name -> inFlight.of("cluster", cluster, "node", label))
                : inFlight.of("cluster", cluster, "node", label);
    }

    private Counter counter(Ending ending) {
        return Counter.builder(Names.REQUESTS)
                .description("Requests to Proxmox that are over, each try counted.")
                .tags("cluster", cluster, "kind", ending.kind().text(), "status", ending.status())
                .register(registry);
    }

    private Timer duration(Question kind) {
        return Timer.builder(Names.REQUEST_DURATION)
                .description("How long requests to Proxmox took, without the waiting for their turn with the node.")
                .tags("cluster", cluster, "kind", kind.text())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
