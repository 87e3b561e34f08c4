package io.github.proxmoxdiscovery.settings;

import java.util.Optional;

/** Reads what is served over HTTP, and refuses to serve everybody without a password. */
final class ServerReader {

    private final Values values;
    private final Problems problems;

    ServerReader(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    ServerSettings read() {
        boolean enabled = values.get(ServerKeys.ENABLED);
        String host = values.get(ServerKeys.HOST);
        int port = values.get(ServerKeys.PORT);
        ServerKeys.OF_CAMEL.forEach(this::refuse);
        Optional<ServerSettings.User> user = user();
        if (enabled && user.isEmpty() && !Addresses.isLoopback(host) && !isAnyOfUserSet()) {
            problems.add(
                    ServerKeys.HOST.name(),
                    "with " + host + " everybody on the network could read what is known of all hosts. Set"
                            + " server.username, and the environment variable SERVER_PASSWORD or"
                            + " server.password-file; or leave server.host at 127.0.0.1");
        }
        return new ServerSettings(enabled, host, port, user);
    }

    private void refuse(String key) {
        if (values.isSet(Key.optional(key, "", "", Parser.text()))) {
            problems.add(key, "is not to be set: the server.* settings decide that");
        }
    }

    private boolean isAnyOfUserSet() {
        return values.isSet(ServerKeys.USERNAME)
                || values.isSet(ServerKeys.PASSWORD)
                || values.isSet(ServerKeys.PASSWORD_FILE);
    }

    private Optional<ServerSettings.User> user() {
        if (!isAnyOfUserSet()) {
            return Optional.empty();
        }
        Optional<String> name = values.need(ServerKeys.USERNAME);
        if (!values.isSet(ServerKeys.PASSWORD) && !values.isSet(ServerKeys.PASSWORD_FILE)) {
            problems.add(ServerKeys.PASSWORD, "must be set when server.username is");
        }
        Optional<Secret> password = values.secret(ServerKeys.PASSWORD, ServerKeys.PASSWORD_FILE);
        return name.flatMap(user -> password.map(secret -> new ServerSettings.User(user, secret)));
    }
}
