package io.github.proxmoxdiscovery.settings;

import java.util.Optional;

/**
 * How the sink sql logs in.
 *
 * @param url of JDBC, without a password; empty if the sink is not chosen
 * @param username if the database asks for one
 * @param password if the database asks for one
 */
public record SqlSettings(String url, Optional<String> username, Optional<Secret> password) {}
