package io.github.proxmoxdiscovery.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts in what {@code {{env:NAME}}} or {@code {{env:NAME:default}}} stands for in a value, as in a route file. */
final class EnvironmentReferences {

    private static final Pattern REFERENCE = Pattern.compile("\\{\\{env:([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}}");

    private final Map<String, String> environment;
    private final Problems problems;

    EnvironmentReferences(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    Map<String, String> resolve(Map<String, String> values) {
        Map<String, String> resolved = new LinkedHashMap<>();
        values.forEach((key, value) -> resolved.put(
                key,
                REFERENCE.matcher(value).replaceAll(reference -> Matcher.quoteReplacement(valueOf(reference, key)))));
        return resolved;
    }

    private String valueOf(MatchResult reference, String key) {
        String variable = reference.group(1);
        String value = environment.get(variable);
        if (value != null) {
            return value;
        }
        if (reference.group(2) == null) {
            problems.add(key, "names the environment variable " + variable + ", which is not set");
            return "";
        }
        return reference.group(2);
    }
}
