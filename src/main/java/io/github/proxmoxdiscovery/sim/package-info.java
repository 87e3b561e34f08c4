/**
 * A Proxmox VE cluster inside the process, for {@code demo}, the tests and the benches: an HTTPS server that answers as
 * Proxmox does, down to the status line. It shares no code with the packages that read Proxmox's answers, so that both
 * cannot be wrong in the same way; the recorded answers of a real server are what it is compared with.
 */
@NullMarked
package io.github.proxmoxdiscovery.sim;

import org.jspecify.annotations.NullMarked;
