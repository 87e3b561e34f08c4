package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.io.Serial;
import javax.net.ssl.SSLException;

/** A server broke off a handshake that offered only the quickest key exchange: from now on it is offered all. */
final class KeyExchangeRefusedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    KeyExchangeRefusedException(SSLException cause) {
        super(cause);
    }
}
