package io.github.proxmoxdiscovery.settings;

import java.util.Optional;

/**
 * What is served over HTTP, and to whom.
 *
 * @param enabled whether anything is
 * @param host the address that is listened on
 * @param port the port, 0 for any that is free
 * @param user who a client must log in as; empty for nobody
 */
public record ServerSettings(boolean enabled, String host, int port, Optional<User> user) {

    /** A name and the password that belongs to it. */
    public record User(String name, Secret password) {}
}
