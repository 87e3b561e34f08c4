/**
 * How we reach a Proxmox API: TLS trust, login, deadlines, size limits and the courtesy limits of each node, as parts
 * of one Apache HttpClient for each cluster. Knows neither Camel nor what the answers mean.
 */
@NullMarked
package io.github.proxmoxdiscovery.client;

import org.jspecify.annotations.NullMarked;
