package io.github.proxmoxdiscovery.ledger;

import java.util.Locale;

/** What a message tells of a host. */
public enum EventType {
    /** It is there: said of every host in every run. */
    OBSERVED,
    /** It is there, and the sink does not have it. */
    DISCOVERED,
    /** It is not as the sink has it. */
    UPDATED,
    /** It is there no more. */
    REMOVED,
    /** It is there, but the filters leave it out now. */
    EXCLUDED;

    /** As in {@code event_type} and {@code ce_type}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
