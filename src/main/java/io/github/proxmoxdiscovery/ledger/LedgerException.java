package io.github.proxmoxdiscovery.ledger;

import java.io.IOException;
import java.io.Serial;

/** The ledger could not be read or written, or must not be used. */
public final class LedgerException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    public LedgerException(String message) {
        super(message);
    }

    LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
