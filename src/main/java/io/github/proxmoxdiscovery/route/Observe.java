package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.metrics.Measures;
import io.github.proxmoxdiscovery.metrics.ProgramFacts;
import io.github.proxmoxdiscovery.metrics.PrometheusMeasures;
import io.github.proxmoxdiscovery.run.LastRuns;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.DiscoverySettings;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import io.github.proxmoxdiscovery.time.HeartBeat;
import io.github.proxmoxdiscovery.time.Schedule;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;

/**
 * What is told of the program while it runs: metrics and health. When nothing is served, nobody could ask for them, and
 * none of their classes is loaded.
 */
final class Observe {

    private final Settings settings;
    private final boolean on;
    private final LastRuns lastRuns = new LastRuns();
    private final Measures measures;
    private final Schedule schedule;

    /** @param on whether somebody can ask */
    Observe(Settings settings, boolean on) {
        this.settings = settings;
        this.on = on;
        DiscoverySettings discovery = settings.discovery();
        this.schedule = new Schedule(discovery.schedule(), discovery.timeZone());
        this.measures = on ? prometheus() : Measures.NONE;
    }

    private Measures prometheus() {
        ProgramFacts program = new ProgramFacts(
                version(Observe.class),
                version(CamelContext.class),
                Ledger.file(settings.discovery().data()),
                () -> schedule.interval(Clock.systemUTC().instant()));
        return new PrometheusMeasures(
                settings.clusters().stream().map(ClusterSettings::name).toList(),
                settings.sinks().stream().map(SinkSettings::name).toList(),
                program);
    }

    private static String version(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("unknown");
    }

    LastRuns lastRuns() {
        return lastRuns;
    }

    Measures measures() {
        return measures;
    }

    /** The ledger is open. */
    void opened(Records records) {
        if (on) {
            measures.opened(records.ledger());
            records.knownBefore(lastRuns);
        }
    }

    /** Binds what Camel finds by its type: where metrics are registered, and what is healthy. */
    void bind(BiConsumer<String, Object> registry, Records records, Deliveries deliveries, HeartBeat heart) {
        if (!on) {
            return;
        }
        if (measures instanceof PrometheusMeasures prometheus) {
            registry.accept("metricsRegistry", prometheus.registry());
        }
        settings.clusters().stream()
                .map(ClusterSettings::name)
                .map(cluster -> new ClusterHealth(
                        cluster, lastRuns, schedule, settings.discovery().jitter(), Clock.systemUTC()))
                .forEach(check -> registry.accept(check.getId(), check));
        registry.accept("proxmox-ledger", new LedgerHealth(records));
        registry.accept("proxmox-sinks", new SinkHealth(deliveries));
        registry.accept("proxmox-program", new ProgramHealth(heart));
    }
}
