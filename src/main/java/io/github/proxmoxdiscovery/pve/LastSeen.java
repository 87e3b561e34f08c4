package io.github.proxmoxdiscovery.pve;

import java.time.Instant;
import java.util.List;

/**
 * What an agent or a container's runtime said when it last answered, as far as it concerns the guest's interfaces.
 *
 * @param at when that was
 */
public record LastSeen(List<GuestInterface> interfaces, Instant at) {}
