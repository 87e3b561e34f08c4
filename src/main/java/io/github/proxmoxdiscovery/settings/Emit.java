package io.github.proxmoxdiscovery.settings;

import java.util.Locale;

/** What of the hosts a sink is given. */
public enum Emit {
    /** Every host, with each run that sees it. */
    ALL,
    /** A host when it is new or different, and that it is gone when it is gone. */
    CHANGES;

    /** As the setting has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
