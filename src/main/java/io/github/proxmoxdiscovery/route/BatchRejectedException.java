package io.github.proxmoxdiscovery.route;

import java.io.Serial;

/** A sink rejected a batch of several hosts as a whole: each is tried alone, so that only the culprit is parked. */
public final class BatchRejectedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    public BatchRejectedException(String message) {
        super(message);
    }
}
