/**
 * What the sinks need of the file system: files that appear whole or not at all, and a place for what a sink did not
 * take. Knows no Camel.
 */
@NullMarked
package io.github.proxmoxdiscovery.sink;

import org.jspecify.annotations.NullMarked;
