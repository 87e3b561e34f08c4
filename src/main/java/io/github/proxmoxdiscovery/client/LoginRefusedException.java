package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.io.Serial;

/** Proxmox did not accept the user name and password. */
public final class LoginRefusedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    LoginRefusedException(String message) {
        super(message);
    }
}
