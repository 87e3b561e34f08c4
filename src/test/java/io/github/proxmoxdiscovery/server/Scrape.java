package io.github.proxmoxdiscovery.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus gets.
 *
 * @param text as it is sent
 * @param types each metric with its type
 * @param samples each name with the labels of each of its samples
 */
record Scrape(String text, Map<String, String> types, Map<String, List<Map<String, String>>> samples) {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    static Scrape of(String text) {
        Map<String, String> types = new TreeMap<>();
        TYPE.matcher(text).results().forEach(type -> types.put(type.group(1), type.group(2)));
        Map<String, List<Map<String, String>>> samples = new TreeMap<>();
        SAMPLE.matcher(text)
                .results()
                .forEach(sample -> samples.computeIfAbsent(sample.group(1), name -> new java.util.ArrayList<>())
                        .add(labels(sample.group(2))));
        return new Scrape(text, types, samples);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        if (text != null) {
            LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return labels;
    }

    /** The labels that samples of this name have, but for that of buckets. */
    Set<String> labelsOf(String name) {
        Set<String> labels = new TreeSet<>();
        samples.forEach((sample, all) -> {
            if (sample.equals(name) || sample.matches(Pattern.quote(name) + "_(bucket|count|sum)")) {
                all.forEach(one -> labels.addAll(one.keySet()));
            }
        });
        labels.remove("le");
        return labels;
    }

    boolean has(String name, String label, String value) {
        return samples.getOrDefault(name, List.of()).stream().anyMatch(labels -> value.equals(labels.get(label)));
    }

    /** The value of the sample that is written so, without its value. */
    double value(String sample) {
        Matcher found =
                Pattern.compile("(?m)^" + Pattern.quote(sample) + " (\\S+)$").matcher(text);
        if (!found.find()) {
            throw new AssertionError("there is no " + sample + " in\n" + text);
        }
        return Double.parseDouble(found.group(1));
    }

    /** The names of metrics in an expression, each with what stands in braces behind it, or with nothing. */
    static List<MatchResult> selectors(String expression) {
        return Pattern.compile("\\b((?:proxmox_discovery|jvm|process|system|camel)_\\w+)(?:\\{([^}]*)})?")
                .matcher(expression)
                .results()
                .toList();
    }
}
