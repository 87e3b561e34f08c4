package io.github.proxmoxdiscovery.settings;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the route files and Camel are told, and the secrets in it. */
final class EffectiveProperties {

    /** Options of Camel's Kafka component, which the environment can set as well. */
    static final String KAFKA = "camel.component.kafka.";

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private final Sources sources;
    private final KnownKeys known;
    private final Values values;
    private final Problems problems;
    private final Map<String, String> properties = new TreeMap<>();

    EffectiveProperties(Sources sources, KnownKeys known, Values values, Problems problems) {
        this.sources = sources;
        this.known = known;
        this.values = values;
        this.problems = problems;
    }

    /** Every key that has a value or a default, but for our own secrets: they live in the HTTP clients alone. */
    Map<String, String> all(ZoneId timeZone) {
        for (Key<?> key : known.keys()) {
            String text = sources.find(key.name()).map(Sources.Given::text).orElse(key.fallback());
            if (!key.isSecret() && !text.isBlank()) {
                properties.put(key.name(), text.strip());
            }
        }
        // Quartz knows a zone by the name that java.util has for it, and takes any other for GMT.
        properties.put(
                DiscoveryKeys.TIME_ZONE.name(), TimeZone.getTimeZone(timeZone).getID());
        known.placeholders().forEach(this::putPlaceholder);
        sources.camel().forEach(this::putCamel);
        return properties;
    }

    private void putPlaceholder(String key) {
        given(key).ifPresent(text -> properties.put(key, text));
        if (SecretNames.isSecret(key)) {
            given(key + SecretNames.FILE).ifPresent(file -> putContent(key + SecretNames.FILE, file));
        }
    }

    private Optional<String> given(String key) {
        // A word such as {{user}} would take what the environment means by USER.
        Optional<Sources.Given> given = key.contains(".") ? sources.find(key) : sources.findWithoutEnvironment(key);
        return given.map(Sources.Given::text).map(String::strip);
    }

    private void putCamel(String key, String text) {
        if (key.startsWith(KAFKA) && SecretNames.isSecretFile(key)) {
            putContent(key, text);
        } else if (!properties.containsKey(key)) {
            properties.put(key, text);
        }
    }

    private void putContent(String fileKey, String file) {
        String key = SecretNames.secretOf(fileKey);
        boolean twice = given(key).isPresent()
                || sources.camel().keySet().stream().anyMatch(option -> Sources.isSameOption(option, key));
        if (twice) {
            problems.add(fileKey, "is set, and so is " + key + ". Only one of them may be");
            return;
        }
        values.content(fileKey, Path.of(file)).ifPresent(content -> properties.put(key, content));
    }

    /** The secrets in these properties. */
    static Set<String> secretsIn(Map<String, String> properties) {
        Set<String> secrets = new LinkedHashSet<>();
        properties.forEach((key, value) -> {
            if (SecretNames.isSecret(key)) {
                secrets.add(value);
                QUOTED.matcher(value).results().forEach(quoted -> secrets.add(quoted.group(1)));
            } else {
                secrets.addAll(UriSecrets.of(value));
            }
        });
        return secrets;
    }
}
