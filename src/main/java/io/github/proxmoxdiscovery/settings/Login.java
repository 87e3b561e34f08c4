package io.github.proxmoxdiscovery.settings;

/** How we show Proxmox who we are. */
public sealed interface Login {

    /**
     * An API token.
     *
     * @param tokenId {@code user@realm!tokenid}
     * @param secret its secret
     */
    record Token(String tokenId, Secret secret) implements Login {}

    /**
     * A user with a password, for which Proxmox gives a ticket.
     *
     * @param username {@code user@realm}
     * @param secret the password
     */
    record Password(String username, Secret secret) implements Login {}
}
