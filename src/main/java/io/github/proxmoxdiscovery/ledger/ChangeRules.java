package io.github.proxmoxdiscovery.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What makes two messages of a host different: every key but those that are left out, whatever the order of lists is.
 * A key inside of an object is meant by its path, such as {@code proxmox.addresses.stale}; lists do not count in it.
 */
public final class ChangeRules {

    /** What changes with every run. */
    private static final Set<String> NEVER = Set.of("observed_at", "run_id", "generation", "revision");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HASH_BYTES = 16;
    private static final int LIKELY_CHARS = 1024;

    private final Set<String> ignored;

    /** @param ignored the paths that make no difference, besides those that change with every run */
    public ChangeRules(Collection<String> ignored) {
        this.ignored = new HashSet<>(NEVER);
        this.ignored.addAll(ignored);
    }

    /** The message as a tree, or null if a route file made something else of it than a JSON object. */
    static @Nullable ObjectNode tree(String body) {
        try {
            return JSON.readTree(body) instanceof ObjectNode tree ? tree : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Equal for messages that are not different. */
    String hash(@Nullable ObjectNode tree, String body) {
        return fingerprint(tree == null ? body : canonical(tree, ""));
    }

    /** Short, and equal for equal texts only. */
    public static String fingerprint(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, HASH_BYTES * 4 / 3);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private String canonical(JsonNode node, String path) {
        StringBuilder text = new StringBuilder(LIKELY_CHARS);
        append(node, path, text);
        return text.toString();
    }

    private void append(JsonNode node, String path, StringBuilder text) {
        if (node.isArray()) {
            text.append(parts(node, path));
        } else if (node.isObject()) {
            text.append('{');
            for (String key : keys(node)) {
                String inner = path(path, key);
                if (!ignored.contains(inner)) {
                    append(key, text);
                    append(node.get(key), inner, text);
                }
            }
            text.append('}');
        } else if (node.isTextual()) {
            append(node.textValue(), text);
        } else {
            text.append(node.getNodeType().name().charAt(0))
                    .append(node.asText())
                    .append(';');
        }
    }

    /** With its length before it, no text looks like the end of it and something else. */
    private static void append(String part, StringBuilder text) {
        text.append(part.length()).append(':').append(part);
    }

    /** In an order that does not depend on that of the list. */
    private List<String> parts(JsonNode list, String path) {
        List<String> parts = new ArrayList<>(list.size());
        list.forEach(part -> parts.add(canonical(part, path)));
        parts.sort(null);
        return parts;
    }

    private static String[] keys(JsonNode node) {
        String[] keys = new String[node.size()];
        Iterator<String> names = node.fieldNames();
        for (int i = 0; i < keys.length; i++) {
            keys[i] = names.next();
        }
        Arrays.sort(keys);
        return keys;
    }

    private static String path(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The paths at which two messages differ, each with what was there; null if there was nothing. */
    Map<String, @Nullable JsonNode> changes(String before, String now) {
        Map<String, @Nullable JsonNode> changes = new LinkedHashMap<>();
        ObjectNode old = tree(before);
        ObjectNode current = tree(now);
        if (old != null && current != null) {
            addChanges(old, current, "", changes);
        }
        return changes;
    }

    private void addChanges(JsonNode old, JsonNode now, String path, Map<String, @Nullable JsonNode> changes) {
        Set<String> keys = new TreeSet<>(List.of(keys(old)));
        keys.addAll(List.of(keys(now)));
        for (String key : keys) {
            String inner = path(path, key);
            JsonNode before = old.get(key);
            JsonNode after = now.get(key);
            if (ignored.contains(inner) || same(before, after, inner)) {
                continue;
            }
            if (before instanceof ObjectNode && after instanceof ObjectNode) {
                addChanges(before, after, inner, changes);
            } else {
                changes.put(inner, before);
            }
        }
    }

    private boolean same(@Nullable JsonNode before, @Nullable JsonNode after, String path) {
        return before != null && after != null && canonical(before, path).equals(canonical(after, path));
    }
}
