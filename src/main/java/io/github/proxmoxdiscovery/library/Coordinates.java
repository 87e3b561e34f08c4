package io.github.proxmoxdiscovery.library;

import io.github.proxmoxdiscovery.settings.EditDistance;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A library as Maven knows it.
 *
 * @param version empty for a component of Camel, which has the version that Camel has in the program
 */
public record Coordinates(String group, String artifact, Optional<String> version) {

    static final String CAMEL = "org.apache.camel";

    private static final Pattern COMPONENT = Pattern.compile("camel-[a-z0-9-]+");
    private static final Pattern FULL = Pattern.compile(
            "([A-Za-z0-9_][A-Za-z0-9_.-]*):([A-Za-z0-9_][A-Za-z0-9_.-]*)(?::([A-Za-z0-9_][A-Za-z0-9_.+-]*))?");

    /**
     * What was typed: {@code camel-amqp}, or {@code group:artifact:version}.
     *
     * @throws NotAddedException when it is neither
     */
    public static Coordinates of(String text) throws NotAddedException {
        if (COMPONENT.matcher(text).matches()) {
            return new Coordinates(CAMEL, text, Optional.empty());
        }
        Matcher full = FULL.matcher(text);
        if (!full.matches()) {
            throw NotAddedException.unknown(text + " is neither a component of Camel, such as camel-amqp, nor a library"
                    + " as Maven names it, group:artifact:version." + meant(text));
        }
        boolean camel = full.group(1).equals(CAMEL);
        if (full.group(3) == null && !camel) {
            throw NotAddedException.unknown(text + " lacks its version: write " + text + ":VERSION");
        }
        // Components of two versions of Camel do not work together.
        return new Coordinates(full.group(1), full.group(2), camel ? Optional.empty() : Optional.of(full.group(3)));
    }

    private static String meant(String text) {
        return Components.artifactOf(text)
                .or(() -> nearest(text))
                .map(artifact -> " Did you mean " + artifact + "?")
                .orElse("");
    }

    /** The component whose name looks most like this one, if one does. */
    static Optional<String> nearest(String artifact) {
        String name = artifact.replaceFirst("^camel-", "");
        return EditDistance.nearest(name, Components.schemes()).flatMap(Components::artifactOf);
    }

    /** Its name without a version. */
    String key() {
        return group + ":" + artifact;
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return group.equals(CAMEL)
                ? artifact
                : key() + version.map(number -> ":" + number).orElse("");
    }
}
