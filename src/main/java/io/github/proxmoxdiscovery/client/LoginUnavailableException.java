package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.io.Serial;

/** Nobody was there to log in at, which may pass: the node or a proxy before it said so. */
final class LoginUnavailableException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    LoginUnavailableException(String statusLine) {
        super("the login answered " + statusLine);
    }
}
