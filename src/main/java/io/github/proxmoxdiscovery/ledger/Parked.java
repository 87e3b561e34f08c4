package io.github.proxmoxdiscovery.ledger;

import java.time.Instant;

/**
 * A host that a sink rejected.
 *
 * @param answer of the sink
 * @param times how often it rejected it
 * @param due when it is offered again
 */
public record Parked(String sink, String id, String answer, int times, Instant due) {}
