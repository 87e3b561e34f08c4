package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.io.Serial;

/** An answer has more bytes than the configured maximum. */
public final class ReplyTooLargeException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    ReplyTooLargeException(long maxBytes) {
        super("the answer is larger than " + maxBytes + " bytes");
    }
}
