/**
 * What is remembered of agents from run to run, and from process to process: when they last answered, what they said,
 * and how often they did not. Knows neither Camel nor HTTP.
 */
@NullMarked
package io.github.proxmoxdiscovery.memory;

import org.jspecify.annotations.NullMarked;
