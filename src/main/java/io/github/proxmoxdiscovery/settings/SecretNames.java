package io.github.proxmoxdiscovery.settings;

import java.util.List;
import java.util.Locale;

/** Tells by its name whether a key, or a parameter of a URI, has a secret as its value. */
final class SecretNames {

    /** A secret's key with this at its end names the file that holds it. */
    static final String FILE = "-file";

    private static final List<String> ENDS = List.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "token",
            "apikey",
            "accesskey",
            "secretkey",
            "accountkey",
            "privatekey",
            "credential",
            "credentials",
            "jaasconfig",
            "connectionstring",
            "userinfo");

    private SecretNames() {}

    static boolean isSecret(String name) {
        String letters = name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
        return ENDS.stream().anyMatch(letters::endsWith);
    }

    /** Whether the key names a file that holds a secret. */
    static boolean isSecretFile(String name) {
        return name.endsWith(FILE) && isSecret(secretOf(name));
    }

    /** The key of the secret that is in the file which this key names. */
    static String secretOf(String fileKey) {
        return fileKey.substring(0, fileKey.length() - FILE.length());
    }
}
