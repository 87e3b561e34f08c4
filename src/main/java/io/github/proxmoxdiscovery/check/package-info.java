/**
 * What the command {@code check} looks at, and how it says what it found. Knows no Camel: the questions to a cluster are
 * asked for it.
 */
@NullMarked
package io.github.proxmoxdiscovery.check;

import org.jspecify.annotations.NullMarked;
