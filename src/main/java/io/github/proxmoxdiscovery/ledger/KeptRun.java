package io.github.proxmoxdiscovery.ledger;

import java.time.Instant;

/**
 * A run as it is remembered.
 *
 * @param at when it began
 * @param report the report, JSON
 * @param changes what it changed, a JSON object
 */
public record KeptRun(String cluster, String run, Instant at, boolean full, String report, String changes) {}
