/**
 * The settings: where they come from, what they may be, and what is wrong with them, each in a sentence. The table of
 * all keys is in {@code ClusterKeys}, {@code DiscoveryKeys} and {@code SinkKeys}. Knows neither Camel nor HTTP.
 */
@NullMarked
package io.github.proxmoxdiscovery.settings;

import org.jspecify.annotations.NullMarked;
