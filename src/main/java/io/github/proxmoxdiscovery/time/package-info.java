/** How long to wait for something that failed: one rule for requests, addresses, guests and agents. Knows only the JDK. */
@NullMarked
package io.github.proxmoxdiscovery.time;

import org.jspecify.annotations.NullMarked;
