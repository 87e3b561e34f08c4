/**
 * The route files as they lie in their folder: what is in them, what is wrong with them, when they change, and which of
 * them are in effect. Knows no Camel.
 */
@NullMarked
package io.github.proxmoxdiscovery.routefile;

import org.jspecify.annotations.NullMarked;
