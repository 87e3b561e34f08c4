package io.github.proxmoxdiscovery.settings;

import java.util.Map;

/** Looks at the keys themselves: whether there are such keys, and whether they may be where they are. */
final class KeyCheck {

    private static final String PROCESS_LIST = "a secret may not be given with -D, where the process list shows it. ";

    private final KnownKeys known;
    private final Problems problems;

    KeyCheck(KnownKeys known, Problems problems) {
        this.known = known;
        this.problems = problems;
    }

    /** @param defines what the command line sets, as it was typed */
    void check(Sources sources, Map<String, String> defines) {
        for (String name : sources.names()) {
            if (!known.isKnown(name)) {
                String where = defines.containsKey(name) ? "(given with -D) " : "";
                problems.add(name, where + known.unknown(name));
            }
        }
        defines.forEach((name, value) -> {
            if (known.isKnown(name)) {
                refuseSecret(name, value);
            }
        });
    }

    private void refuseSecret(String name, String value) {
        if (SecretNames.isSecret(name)) {
            problems.add(name, PROCESS_LIST + elsewhere(name));
        } else if (!UriSecrets.of(value).isEmpty()) {
            problems.add(
                    name,
                    PROCESS_LIST + "Write {{env:MY_SECRET}} in place of it and set that environment variable, or set "
                            + name + " in the environment, " + Key.environmentName(name));
        }
    }

    private static String elsewhere(String secret) {
        boolean onlyCamelKnows = secret.startsWith("camel.") && !secret.startsWith(EffectiveProperties.KAFKA);
        return onlyCamelKnows
                ? "Set it in " + ConfigFile.NAME + ", as " + secret
                        + "={{env:MY_SECRET}} with that environment variable"
                : Key.whereSecretsGo(secret);
    }
}
