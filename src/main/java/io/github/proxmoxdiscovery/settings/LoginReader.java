package io.github.proxmoxdiscovery.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Reads who we are in a cluster: a token, or a user with a password. */
final class LoginReader {

    private final String cluster;
    private final Values values;
    private final Problems problems;

    LoginReader(String cluster, Values values, Problems problems) {
        this.cluster = cluster;
        this.values = values;
        this.problems = problems;
    }

    Optional<Login> read() {
        boolean token = isAnySet(ClusterKeys.TOKEN_ID, ClusterKeys.TOKEN_SECRET, ClusterKeys.TOKEN_SECRET_FILE);
        boolean password = isAnySet(ClusterKeys.USERNAME, ClusterKeys.PASSWORD, ClusterKeys.PASSWORD_FILE);
        if (token && password) {
            problems.add(
                    ClusterKeys.TOKEN_ID.of(cluster).name(),
                    "there is both a token and a user with a password. Set token-id and token-secret, or username and"
                            + " password");
            return Optional.empty();
        }
        return password ? password() : token();
    }

    private Optional<Login> token() {
        Optional<String> id = values.need(ClusterKeys.TOKEN_ID.of(cluster));
        Optional<Secret> secret = secret(ClusterKeys.TOKEN_SECRET, ClusterKeys.TOKEN_SECRET_FILE);
        return id.flatMap(tokenId -> secret.map(value -> new Login.Token(tokenId, value)));
    }

    private Optional<Login> password() {
        Optional<String> name = values.need(ClusterKeys.USERNAME.of(cluster));
        Optional<Secret> secret = secret(ClusterKeys.PASSWORD, ClusterKeys.PASSWORD_FILE);
        return name.flatMap(username -> secret.map(value -> new Login.Password(username, value)));
    }

    private Optional<Secret> secret(Key<String> key, Key<Path> fileKey) {
        if (!isAnySet(key, fileKey)) {
            problems.add(key.of(cluster), "must be set");
        }
        return values.secret(key.of(cluster), fileKey.of(cluster));
    }

    private boolean isAnySet(Key<?>... keys) {
        return Arrays.stream(keys).anyMatch(key -> values.isSet(key.of(cluster)));
    }
}
