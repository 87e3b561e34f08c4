package io.github.proxmoxdiscovery.client;

import java.time.Duration;

/**
 * A request that is over.
 *
 * @param node that the path names, or empty
 * @param status a status of HTTP, or a word for why there is none: one of a closed list
 * @param took without the waiting for its turn with the node
 */
public record Asked(Question question, String node, String status, Duration took) {}
