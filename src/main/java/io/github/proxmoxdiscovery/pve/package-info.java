/**
 * How Proxmox VE speaks: its property strings, lists, configs and the answers of agents, and the hosts that follow from
 * them. Knows neither Camel nor HTTP. Lenient in what it reads: nothing that one guest says can harm another.
 */
@NullMarked
package io.github.proxmoxdiscovery.pve;

import org.jspecify.annotations.NullMarked;
