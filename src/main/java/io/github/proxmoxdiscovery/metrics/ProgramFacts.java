package io.github.proxmoxdiscovery.metrics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What is measured of the program itself.
 *
 * @param version its own
 * @param camel that of Camel
 * @param ledger the file of the ledger
 * @param interval the time from one run of the schedule to the next
 */
public record ProgramFacts(String version, String camel, Path ledger, Supplier<Duration> interval) {}
