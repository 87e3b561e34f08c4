package io.github.proxmoxdiscovery.settings;

import java.util.Locale;

/**
 * A setting that there is: a row of the table.
 *
 * @param name its name; {@code <name>} in it stands for that of a cluster or a sink
 * @param need whether it must be set
 * @param fallback the default as it would be written, empty if there is none
 * @param example a value as it may be written, empty for secrets
 * @param description what it is, in one sentence
 * @param parser makes the value of the text
 */
record Key<T>(String name, Need need, String fallback, String example, String description, Parser<T> parser) {

    private static final String NAME = "<name>";

    /** Whether a key must be set. */
    enum Need {
        ALWAYS,
        /** Must be set when its sink is chosen. */
        WHEN_CHOSEN,
        NEVER
    }

    static <T> Key<T> required(String name, Need need, String example, String description, Parser<T> parser) {
        return new Key<>(name, need, "", example, description, parser);
    }

    static <T> Key<T> withDefault(String name, String fallback, String description, Parser<T> parser) {
        return new Key<>(name, Need.NEVER, fallback, fallback, description, parser);
    }

    static <T> Key<T> optional(String name, String example, String description, Parser<T> parser) {
        return new Key<>(name, Need.NEVER, "", example, description, parser);
    }

    /** The key of one cluster or sink. */
    Key<T> of(String cluster) {
        return new Key<>(name.replace(NAME, cluster), need, fallback, example, description, parser);
    }

    boolean isPattern() {
        return name.contains(NAME);
    }

    boolean isSecret() {
        return SecretNames.isSecret(name);
    }

    String environmentName() {
        return environmentName(name);
    }

    static String environmentName(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    T defaultValue() {
        try {
            return parser.parse(fallback);
        } catch (WrongValueException e) {
            throw new IllegalStateException("the default of " + name + " " + e.why(), e);
        }
    }

    String exampleSentence() {
        return isSecret() ? whereSecretsGo(name) : "Example: " + name + "=" + example;
    }

    static String whereSecretsGo(String secret) {
        return "Set the environment variable " + environmentName(secret) + ", or name a file that holds it with "
                + secret + SecretNames.FILE;
    }
}
