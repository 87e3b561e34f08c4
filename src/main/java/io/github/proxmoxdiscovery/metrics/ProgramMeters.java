package io.github.proxmoxdiscovery.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program itself, and the Java under it. */
final class ProgramMeters {

    private ProgramMeters() {}

    static void register(MeterRegistry registry, ProgramFacts program) {
        Gauge.builder(Names.BUILD, () -> 1)
                .description("What runs here.")
                .tags(
                        "version",
                        program.version(),
                        "java",
                        System.getProperty("java.version"),
                        "camel",
                        program.camel())
                .register(registry);
        Gauge.builder(Names.SCHEDULE_INTERVAL, () -> program.interval().get().toSeconds())
                .baseUnit("seconds")
                .description("The time from one full run of the schedule to the next.")
                .register(registry);
        Gauge.builder(Names.LEDGER_SIZE, () -> size(program.ledger()))
                .baseUnit("bytes")
                .description("The size of the ledger's file.")
                .register(registry);
        java(registry);
    }

    private static void java(MeterRegistry registry) {
        List.<MeterBinder>of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    private static double size(Path ledger) {
        try {
            return Files.exists(ledger) ? Files.size(ledger) : 0;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
