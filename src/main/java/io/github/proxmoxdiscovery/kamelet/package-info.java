/** The pipeline inside another Camel application: what the Kamelets of the jar are made of. */
@NullMarked
package io.github.proxmoxdiscovery.kamelet;

import org.jspecify.annotations.NullMarked;
