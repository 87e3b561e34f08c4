/** What goes wrong with sinks, disks and the process itself, and that every sink has what is true afterwards. */
@NullMarked
package io.github.proxmoxdiscovery.faults;

import org.jspecify.annotations.NullMarked;
