package io.github.proxmoxdiscovery.library;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The components of Camel: which artifact has the one of an endpoint, and whether it is on the class path. */
public final class Components {

    private static final String LIST = "components.txt";
    private static final String SERVICES = "META-INF/services/org/apache/camel/component/";
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)(?::.*)?", Pattern.DOTALL);
    private static final Pattern IN_YAML =
            Pattern.compile("(?m)(?:^[ \\t]*(?:- +)*|\\{[ \\t]*)(?:uri|to|toD|wireTap|poll):"
                    + "[ \\t]+[\"']?([A-Za-z][A-Za-z0-9+.-]*)(?=[:\"',}\\s])");

    /** The artifact of each scheme. */
    private static final Map<String, String> ARTIFACTS = read();

    private Components() {}

    private static Map<String, String> read() {
        Map<String, String> artifacts = new TreeMap<>();
        InputStream list = Objects.requireNonNull(Components.class.getResourceAsStream(LIST), LIST);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                List<String> words = List.of(line.split(" "));
                words.subList(1, words.size()).forEach(scheme -> artifacts.put(scheme, words.get(0)));
            });
            return artifacts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The artifact that an endpoint needs and that is not on the class path, such as {@code camel-amqp}; empty if the
     * component is there, or is none of Camel's.
     *
     * @param uri of an endpoint; its scheme is enough
     */
    public static Optional<String> missingFor(String uri) {
        Matcher scheme = SCHEME.matcher(uri);
        return scheme.matches()
                ? Optional.ofNullable(ARTIFACTS.get(scheme.group(1))).filter(found -> !isThere(scheme.group(1)))
                : Optional.empty();
    }

    /** The artifacts that the endpoints of a route file in YAML need and that are not on the class path. */
    public static Set<String> missingIn(String yaml) {
        Set<String> missing = new TreeSet<>();
        IN_YAML.matcher(yaml).results().forEach(uri -> missingFor(uri.group(1)).ifPresent(missing::add));
        return missing;
    }

    /** What to do about an artifact that is missing. */
    public static String remedy(String artifact) {
        return "fetch it with: bin/proxmox-discovery add " + artifact;
    }

    /** The artifact that has the component of this scheme. */
    static Optional<String> artifactOf(String scheme) {
        return Optional.ofNullable(ARTIFACTS.get(scheme));
    }

    /** All schemes, in alphabetical order. */
    static Set<String> schemes() {
        return ARTIFACTS.keySet();
    }

    /** The artifacts that have a component, in alphabetical order. */
    static Set<String> artifacts() {
        return new TreeSet<>(ARTIFACTS.values());
    }

    /** The schemes of an artifact, in alphabetical order; none if it is no component of Camel. */
    static List<String> schemes(String artifact) {
        return ARTIFACTS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(artifact))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isThere(String scheme) {
        return Components.class.getClassLoader().getResource(SERVICES + scheme) != null;
    }
}
