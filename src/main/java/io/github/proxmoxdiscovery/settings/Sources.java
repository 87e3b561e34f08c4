package io.github.proxmoxdiscovery.settings;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where values come from: {@code -D}, before the environment, before the file. An empty value is as none.
 *
 * @param defines the {@code -D} of the command line
 * @param environment the environment
 * @param file what stands in the file
 */
record Sources(Map<String, String> defines, Map<String, String> environment, Map<String, String> file) {

    private static final String CAMEL = "camel.";
    private static final String KAFKA_IN_ENVIRONMENT = "CAMEL_COMPONENT_KAFKA_";

    /**
     * A value.
     *
     * @param text as it was given
     * @param where said behind the key when it is wrong, empty for the file
     */
    record Given(String text, String where) {}

    Optional<Given> find(String key) {
        String variable = Key.environmentName(key);
        return given(defines.get(key), " (given with -D)")
                .or(() -> given(environment.get(variable), " (given in the environment, " + variable + ")"))
                .or(() -> given(file.get(key), ""));
    }

    /** The same, but not from the environment: there, a word without a dot means something else to others. */
    Optional<Given> findWithoutEnvironment(String key) {
        return given(defines.get(key), " (given with -D)").or(() -> given(file.get(key), ""));
    }

    private static Optional<Given> given(@Nullable String text, String where) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank()).map(value -> new Given(value, where));
    }

    /** All keys of {@code -D}, and those of the file that are not empty, in alphabetical order. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(defines.keySet());
        file.keySet().stream().filter(key -> !file.get(key).isBlank()).forEach(names::add);
        return names;
    }

    /** What is meant for Camel itself. */
    Map<String, String> camel() {
        Map<String, String> camel = new LinkedHashMap<>();
        file.forEach((key, value) -> putOver(camel, key, value));
        environment.forEach((variable, value) -> {
            if (variable.startsWith(KAFKA_IN_ENVIRONMENT)) {
                putOver(camel, kafkaKey(variable), value);
            }
        });
        defines.forEach((key, value) -> putOver(camel, key, value));
        return camel;
    }

    private static String kafkaKey(String variable) {
        String option = variable.substring(KAFKA_IN_ENVIRONMENT.length());
        return EffectiveProperties.KAFKA + option.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Camel knows an option by two spellings, saslJaasConfig and sasl-jaas-config; only one may be left. */
    private static void putOver(Map<String, String> camel, String key, String value) {
        if (key.startsWith(CAMEL) && !value.isBlank()) {
            camel.keySet().removeIf(other -> isSameOption(other, key));
            camel.put(key, value.strip());
        }
    }

    static boolean isSameOption(String a, String b) {
        return plain(a).equals(plain(b));
    }

    private static String plain(String key) {
        return key.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
