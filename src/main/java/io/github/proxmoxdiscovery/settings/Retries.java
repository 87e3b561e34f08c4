package io.github.proxmoxdiscovery.settings;

import java.time.Duration;

/**
 * How often a request is asked again.
 *
 * @param most after the first time, 0 or more
 * @param delay before the first of them; it doubles each time
 */
public record Retries(int most, Duration delay) {}
