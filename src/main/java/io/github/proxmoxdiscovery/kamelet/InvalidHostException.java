package io.github.proxmoxdiscovery.kamelet;

import java.io.Serial;

/** What was given as a DiscoveredHost is none. The message names what is wrong with it. */
public final class InvalidHostException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    InvalidHostException(String message) {
        super(message);
    }
}
