/** Kills the program in the middle of its runs, and looks what its sinks have then. Also what bench/crash runs. */
@NullMarked
package io.github.proxmoxdiscovery.faults.crash;

import org.jspecify.annotations.NullMarked;
