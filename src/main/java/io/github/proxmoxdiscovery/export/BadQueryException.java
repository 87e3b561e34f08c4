package io.github.proxmoxdiscovery.export;

import java.io.Serial;

/** What was asked cannot be understood: the message names the parameter. */
public final class BadQueryException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message names the parameter, and says what is wrong with it */
    public BadQueryException(String message) {
        super(message);
    }
}
