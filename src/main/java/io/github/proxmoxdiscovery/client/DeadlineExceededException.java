package io.github.proxmoxdiscovery.client;

import java.io.InterruptedIOException;
import java.io.Serial;
import java.time.Duration;

/** A request was not over within its total time, from asking for a connection to the last byte of the answer. */
public final class DeadlineExceededException extends InterruptedIOException {

    @Serial
    private static final long serialVersionUID = 1L;

    DeadlineExceededException(Duration limit, Exception cause) {
        super("no complete answer within " + limit.toMillis() + " ms");
        initCause(cause);
    }
}
