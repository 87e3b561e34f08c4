package io.github.proxmoxdiscovery.settings;

import java.nio.file.Path;
import java.util.List;

/** The keys of the HTTP server. */
final class ServerKeys {

    static final Key<Boolean> ENABLED = Key.withDefault(
            "server.enabled",
            "false",
            "Whether run also serves what is known over HTTP, to be read and never to be written.",
            Parser.trueOrFalse());

    static final Key<String> HOST = Key.withDefault(
            "server.host",
            "127.0.0.1",
            "The address to serve at; any other than a loopback one needs username and password.",
            Addresses::listening);

    static final Key<Integer> PORT = Key.withDefault(
            "server.port", "8088", "The port to serve at; 0 for any that is free.", Parser.whole(0, 65_535));

    static final Key<String> USERNAME = Key.optional(
            "server.username", "reader", "The user that a client must log in as, with HTTP Basic.", ServerKeys::user);

    static final Key<String> PASSWORD = Key.optional(
            "server.password",
            "",
            "The password of that user; better in the environment variable SERVER_PASSWORD than here.",
            Parser.secret());

    static final Key<Path> PASSWORD_FILE = Key.optional(
            "server.password-file",
            "/run/secrets/server-password",
            "A file that holds the password of that user; it is read again when it changes.",
            Parser.path());

    static final List<Key<?>> ALL = List.of(ENABLED, HOST, PORT, USERNAME, PASSWORD, PASSWORD_FILE);

    /** What these decide, and Camel must not be told otherwise. */
    static final List<String> OF_CAMEL = List.of(
            "camel.server.enabled",
            "camel.server.host",
            "camel.server.port",
            "camel.server.path",
            "camel.management.enabled",
            "camel.management.host",
            "camel.management.port",
            "camel.management.path");

    private ServerKeys() {}

    private static String user(String text) throws WrongValueException {
        if (text.contains(":")) {
            throw new WrongValueException("has a colon, which HTTP Basic does not allow in the name of a user");
        }
        return text;
    }
}
