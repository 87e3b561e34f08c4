package io.github.proxmoxdiscovery.settings;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The secrets that are known so far, to take them out of what is shown or kept. */
public final class KnownSecrets {

    private static final int SHORTEST = 4;

    private final List<String> secrets = new CopyOnWriteArrayList<>();

    /** A secret shorter than four characters is not looked for: it would make holes in every line. */
    public synchronized void add(String secret) {
        if (secret.length() >= SHORTEST && !secrets.contains(secret)) {
            secrets.add(secret);
            // The longest first, so that none leaves the rest of a longer one behind.
            secrets.sort(Comparator.comparingInt(String::length).reversed());
        }
    }

    /** The text without the secrets. */
    public String masked(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }
}
