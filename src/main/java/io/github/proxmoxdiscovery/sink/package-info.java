/**
 * What the sinks need of the file system: files that appear whole or not at all. Knows no Camel.
 */
@NullMarked
package io.github.proxmoxdiscovery.sink;

import org.jspecify.annotations.NullMarked;
