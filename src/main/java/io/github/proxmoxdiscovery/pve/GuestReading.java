package io.github.proxmoxdiscovery.pve;

import io.github.proxmoxdiscovery.host.Reason;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was read of one guest.
 *
 * @param readAt when its config was read
 * @param agentCheckedAt when its agent or runtime was asked, or null
 * @param lastSeen what it said when it last answered, or null
 * @param keepLinkLocal whether link-local addresses count
 * @param notes what is to be noted on each of its hosts, whatever else is
 */
public record GuestReading(
        String cluster,
        String runId,
        Instant readAt,
        Guest guest,
        GuestConfig config,
        AgentReply agent,
        @Nullable Instant agentCheckedAt,
        @Nullable LastSeen lastSeen,
        boolean keepLinkLocal,
        Set<Reason> notes) {}
