/** The command line: its commands, their exit codes, and what they print. */
@NullMarked
package io.github.proxmoxdiscovery.cli;

import org.jspecify.annotations.NullMarked;
