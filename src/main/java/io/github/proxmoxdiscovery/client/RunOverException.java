package io.github.proxmoxdiscovery.client;

import java.io.InterruptedIOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The run had no time left for a request, or for the rest of it. */
public final class RunOverException extends InterruptedIOException {

    @Serial
    private static final long serialVersionUID = 1L;

    RunOverException(@Nullable Exception cause) {
        super("the time of the run was over (discovery.run-deadline)");
        initCause(cause);
    }
}
