/** What is known of the hosts, as others read it: who may ask, which hosts are meant, and in which form they are told. */
@NullMarked
package io.github.proxmoxdiscovery.export;

import org.jspecify.annotations.NullMarked;
