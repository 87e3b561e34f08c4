package io.github.proxmoxdiscovery.route;

import java.io.Serial;

/** A sink refuses everything, for a reason that only its operator can mend: it is left alone until the next run. */
public final class SinkPausedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    public SinkPausedException(String message) {
        super(message);
    }
}
