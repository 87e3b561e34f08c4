/** What leaves the house: a discovered host, its parts, and the words for what went wrong. Pure; knows no Proxmox API. */
@NullMarked
package io.github.proxmoxdiscovery.host;

import org.jspecify.annotations.NullMarked;
