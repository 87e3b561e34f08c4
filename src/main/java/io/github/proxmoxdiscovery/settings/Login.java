package io.github.proxmoxdiscovery.settings;

/** How we show Proxmox who we are. */
public sealed interface Login {

    /** Who logs in, as Proxmox writes it: {@code user@realm!tokenid} or {@code user@realm}. */
    String account();

    /**
     * An API token.
     *
     * @param tokenId {@code user@realm!tokenid}
     * @param secret its secret
     */
    record Token(String tokenId, Secret secret) implements Login {

        @Override
        public String account() {
            return tokenId;
        }
    }

    /**
     * A user with a password, for which Proxmox gives a ticket.
     *
     * @param username {@code user@realm}
     * @param secret the password
     */
    record Password(String username, Secret secret) implements Login {

        @Override
        public String account() {
            return username;
        }
    }
}
