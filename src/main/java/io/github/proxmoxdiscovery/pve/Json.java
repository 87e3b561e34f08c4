package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads values that Proxmox, made of Perl, gives as a number in one version and as a string in another. */
final class Json {

    private Json() {}

    /** The text of a string or number; null if it is neither, or empty. */
    static @Nullable String text(JsonNode object, String key) {
        JsonNode value = object.path(key);
        String text = value.isTextual() || value.isNumber() ? value.asText() : "";
        return text.isEmpty() ? null : text;
    }

    static Optional<Long> number(JsonNode object, String key) {
        String text = text(object, key);
        return text != null && text.matches("\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    /** True for {@code 1}, {@code "1"} and {@code true}. */
    static boolean flag(JsonNode object, String key) {
        JsonNode value = object.path(key);
        return value.isBoolean() ? value.booleanValue() : "1".equals(text(object, key));
    }

    /** The elements of a list; a single object counts as a list of one. */
    static Stream<JsonNode> elements(JsonNode node) {
        return node.isObject() ? Stream.of(node) : StreamSupport.stream(node.spliterator(), false);
    }

    /** Tags are joined by semicolons, but commas and spaces part them too (PVE/ParseUtils.pm, split_list). */
    static List<String> tags(@Nullable String text) {
        return text == null
                ? List.of()
                : Stream.of(text.split("[;,\\s]+"))
                        .filter(tag -> !tag.isEmpty())
                        .toList();
    }
}
