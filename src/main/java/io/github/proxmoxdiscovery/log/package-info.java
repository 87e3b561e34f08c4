/**
 * How the log is written. The default is slf4j-simple, a line a message; the classes here are loaded only for JSON.
 */
@NullMarked
package io.github.proxmoxdiscovery.log;

import org.jspecify.annotations.NullMarked;
