package io.github.proxmoxdiscovery.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A number for each combination of labels, which stays until it is set again. */
final class Gauges {

    private final MeterRegistry registry;
    private final String name;
    private final String unit;
    private final String meaning;
    private final Map<Tags, AtomicLong> values = new ConcurrentHashMap<>();

    /** @param unit the base unit, or empty */
    Gauges(MeterRegistry registry, String name, String unit, String meaning) {
        this.registry = registry;
        this.name = name;
        this.unit = unit;
        this.meaning = meaning;
    }

    /** @param labels names and values by turns */
    AtomicLong of(String... labels) {
        return values.computeIfAbsent(Tags.of(labels), this::registered);
    }

    void set(long value, String... labels) {
        of(labels).set(value);
    }

    private AtomicLong registered(Tags tags) {
        AtomicLong value = new AtomicLong();
        Gauge.builder(name, value, AtomicLong::doubleValue)
                .tags(tags)
                .baseUnit(unit.isEmpty() ? null : unit)
                .description(meaning)
                .strongReference(true)
                .register(registry);
        return value;
    }
}
