package io.github.proxmoxdiscovery.sim;

/**
 * Where a request came in.
 *
 * @param node the one that was asked
 * @param connection the number of the connection, counted from 1 over all nodes
 */
record Arrival(String node, int connection) {}
