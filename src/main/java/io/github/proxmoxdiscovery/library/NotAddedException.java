package io.github.proxmoxdiscovery.library;

import java.io.Serial;

/** Why something was not added; nothing has changed then. */
public final class NotAddedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean unknown;

    private NotAddedException(String message, boolean unknown) {
        super(message);
        this.unknown = unknown;
    }

    /** There is nothing of this name. */
    static NotAddedException unknown(String message) {
        return new NotAddedException(message, true);
    }

    /** It could not be done, here and now. */
    static NotAddedException because(String message) {
        return new NotAddedException(message, false);
    }

    /** Whether what was asked for is wrong, and not what was tried. */
    public boolean isUnknown() {
        return unknown;
    }
}
