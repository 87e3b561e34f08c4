/** Libraries that are added to the program without building it: which there are, and how Maven fetches them. */
@NullMarked
package io.github.proxmoxdiscovery.library;

import org.jspecify.annotations.NullMarked;
