package io.github.proxmoxdiscovery.settings;

/**
 * When a host that is not found any more is removed.
 *
 * @param after complete full runs in a row that must not find it, at least 1
 * @param maxPercent when more than this share of a cluster's hosts vanish at once, removals are held back; 0 to 100
 */
public record Removal(int after, int maxPercent) {}
