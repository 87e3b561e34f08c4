/** What is measured of the program's work, by Micrometer, for Prometheus. Knows no Camel. */
@NullMarked
package io.github.proxmoxdiscovery.metrics;

import org.jspecify.annotations.NullMarked;
