/**
 * One look at one cluster: what was listed, read, skipped and failed, the hosts found, and the report of it. Knows
 * neither Camel nor HTTP.
 */
@NullMarked
package io.github.proxmoxdiscovery.run;

import org.jspecify.annotations.NullMarked;
