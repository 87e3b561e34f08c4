package io.github.proxmoxdiscovery.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The secrets in the URI of an endpoint: passwords of users, and parameters that by their names are secret. */
final class UriSecrets {

    private static final Pattern RAW = Pattern.compile("RAW\\((.*?)\\)(?=&|$)|RAW\\{(.*?)}(?=&|$)");
    private static final Pattern PARAMETER = Pattern.compile("[?&]([^=&?]+)=([^&]*)");
    private static final Pattern USER = Pattern.compile("(?:^[A-Za-z][A-Za-z0-9+.-]*:|://)(?!//)([^/?#&,]*)@");
    private static final Pattern REFERENCE = Pattern.compile("(?:RAW[({])?\\{\\{[^}]*}}[)}]?");

    /** Names that are secret in web addresses, but harmless parameters of Camel's components. */
    private static final List<String> SECRET_IN_WEB = List.of("key", "code", "sig");

    /** A user without a password is just a name, but so long a one is a token. */
    private static final int TOKEN_LENGTH = 16;

    private UriSecrets() {}

    /** Each secret as it is written, and decoded. */
    static Set<String> of(String uri) {
        Set<String> secrets = new LinkedHashSet<>();
        RAW.matcher(uri).results().forEach(raw -> secrets.add(raw.group(1) != null ? raw.group(1) : raw.group(2)));
        PARAMETER
                .matcher(uri)
                .results()
                .filter(parameter -> isSecret(parameter.group(1), uri))
                .map(parameter -> parameter.group(2))
                .filter(value -> !value.startsWith("RAW"))
                .forEach(secrets::add);
        USER.matcher(uri).results().forEach(user -> addPassword(user, secrets));
        secrets.removeIf(secret -> secret.isEmpty() || REFERENCE.matcher(secret).matches());
        List.copyOf(secrets).forEach(secret -> secrets.add(decoded(secret)));
        return secrets;
    }

    private static boolean isSecret(String parameter, String uri) {
        boolean web = uri.startsWith("http:") || uri.startsWith("https:");
        return SecretNames.isSecret(parameter) || web && SECRET_IN_WEB.contains(parameter.toLowerCase(Locale.ROOT));
    }

    private static void addPassword(MatchResult user, Set<String> secrets) {
        String userInfo = user.group(1);
        int colon = userInfo.indexOf(':');
        if (colon >= 0) {
            secrets.add(userInfo.substring(colon + 1));
        } else if (userInfo.length() >= TOKEN_LENGTH) {
            secrets.add(userInfo);
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** The URI, to be shown. */
    static String masked(String uri) {
        String masked = uri;
        for (String secret : of(uri)) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }
}
