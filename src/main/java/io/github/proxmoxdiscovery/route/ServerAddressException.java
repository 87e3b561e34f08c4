package io.github.proxmoxdiscovery.route;

import java.io.IOException;

/** Nothing can be served at the address that is set. */
public final class ServerAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    ServerAddressException(String message, IOException cause) {
        super(message, cause);
    }
}
