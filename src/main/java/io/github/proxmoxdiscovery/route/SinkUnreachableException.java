package io.github.proxmoxdiscovery.route;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A sink could not take a batch now, but may later. */
public final class SinkUnreachableException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /** @param retryAfter how long the sink asked to be left alone, or null if it did not say */
    public SinkUnreachableException(String message, @Nullable Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
