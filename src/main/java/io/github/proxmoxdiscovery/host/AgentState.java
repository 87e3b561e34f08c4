package io.github.proxmoxdiscovery.host;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of asking a guest for its addresses: its QEMU guest agent, or the runtime of a container. */
public enum AgentState {
    /** It answered. */
    OK(null),
    /** It is not configured, or the guest does not run: it was not asked. */
    OFF(null),
    /** It is configured, but did not answer. */
    SILENT(Reason.AGENT_SILENT),
    /** The token or user may not ask it. */
    REFUSED(Reason.AGENT_REFUSED),
    /** It does not know the call or has it blocked, or the node is too old for it. */
    UNSUPPORTED(Reason.AGENT_UNSUPPORTED),
    /** The guest is locked (backup, migration, snapshot): it was not asked. */
    LOCKED(Reason.GUEST_LOCKED),
    /** It, or the way to it, failed in another way. */
    ERROR(Reason.AGENT_ERROR);

    private final @Nullable Reason reason;

    AgentState(@Nullable Reason reason) {
        this.reason = reason;
    }

    /** Whether it told, by this state, all that there is to be told now: an answer, or that there is nobody to answer. */
    public boolean isConclusive() {
        return this == OK || this == OFF;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The note that a host gets for it. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }
}
