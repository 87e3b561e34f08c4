package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import org.apache.hc.core5.http.HttpRequest;

/**
 * What proves to Proxmox who asks: set on the request inside the HTTP client, so that no exchange ever carries it.
 * An API token is sent as {@code Authorization}, a ticket as the cookie {@code PVEAuthCookie}, never both: the cookie
 * would win over the token (pve-http-server, AnyEvent.pm).
 */
interface Credentials {

    /**
     * Puts the credentials on a request.
     *
     * @throws IOException when they cannot be had: the secret file cannot be read, or the login was refused
     */
    void sign(HttpRequest request) throws IOException;

    /**
     * Told after a 401 answer to a request that was signed.
     *
     * @return true if newer credentials may help, so that asking once more makes sense
     */
    boolean renewAfterRefusal(HttpRequest refused);
}
