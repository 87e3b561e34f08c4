package io.github.proxmoxdiscovery.ledger;

import java.util.Locale;

/** What became of a host. */
public enum HostState {
    /** It exists and is wanted, as far as was truly observed. */
    PRESENT,
    /** It exists, but the filters leave it out. */
    EXCLUDED,
    /** It does not exist any more. */
    REMOVED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static HostState parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
