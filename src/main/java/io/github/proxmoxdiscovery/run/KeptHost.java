package io.github.proxmoxdiscovery.run;

/**
 * One host of a run as it will be delivered.
 *
 * @param id {@code cluster/type/vmid/interface key}
 * @param mac lower case, or empty when a route file took it out
 * @param json the message
 */
public record KeptHost(String id, String mac, String json) {}
