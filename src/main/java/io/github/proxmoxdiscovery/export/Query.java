package io.github.proxmoxdiscovery.export;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters behind the question mark of a request. */
public final class Query {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private Query() {}

    /**
     * Reads what stands behind the question mark.
     *
     * @param raw as it was sent, or null for nothing
     * @throws BadQueryException when it is not well formed, or a parameter is empty
     */
    public static Query of(@Nullable String raw) throws BadQueryException {
        Query query = new Query();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&")) {
                query.add(pair);
            }
        }
        return query;
    }

    private void add(String pair) throws BadQueryException {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        if (value.isBlank()) {
            throw new BadQueryException(name + " has no value");
        }
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(value.strip());
    }

    private static String decoded(String text) throws BadQueryException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadQueryException("the query is not well formed: a % stands before two hexadecimal digits");
        }
    }

    /** Takes these values for parameters that the request does not have. */
    public Query withDefaults(Query defaults) {
        defaults.values.forEach(values::putIfAbsent);
        return this;
    }

    /**
     * Refuses every parameter but these.
     *
     * @throws BadQueryException when there is another one
     */
    public void allowOnly(Collection<String> names) throws BadQueryException {
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new BadQueryException(
                        "there is no parameter " + name + ", only " + String.join(", ", new TreeSet<>(names)));
            }
        }
    }

    /** All values of a parameter, those of a comma list as well. */
    public List<String> list(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /**
     * The one value of a parameter, if it is there.
     *
     * @throws BadQueryException when there is more than one
     */
    public Optional<String> one(String name) throws BadQueryException {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw new BadQueryException(name + " is there more than once");
        }
        return given.stream().findFirst();
    }

    /**
     * A value that is a whole number.
     *
     * @throws BadQueryException when it is none, or out of the range
     */
    public int number(String name, int fallback, int least, int most) throws BadQueryException {
        String text = one(name).orElse(String.valueOf(fallback));
        boolean number = text.matches("\\d{1,9}");
        if (!number || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new BadQueryException(name + " is not a whole number from " + least + " to " + most);
        }
        return Integer.parseInt(text);
    }

    /**
     * A value that is one of some words.
     *
     * @throws BadQueryException when it is another one
     */
    public Optional<String> oneOf(String name, String... words) throws BadQueryException {
        Optional<String> word = one(name);
        if (word.isPresent() && !List.of(words).contains(word.get())) {
            throw new BadQueryException(name + " is none of " + String.join(", ", words));
        }
        return word;
    }
}
