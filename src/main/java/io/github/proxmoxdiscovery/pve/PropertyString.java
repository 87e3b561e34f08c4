package io.github.proxmoxdiscovery.pve;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A property string such as {@code virtio=BC:24:11:00:00:01,bridge=vmbr0} (PVE/JSONSchema.pm,
 * {@code parse_property_string}): parts joined by commas, each {@code key=value}, or one bare value for the default key.
 * Blank parts do not count, nothing is trimmed, keys are case-sensitive, and no key may come twice.
 */
final class PropertyString {

    private final Map<String, String> values;
    private final Set<String> repeated;
    private final boolean valid;

    private PropertyString(Map<String, String> values, Set<String> repeated, boolean valid) {
        this.values = values;
        this.repeated = repeated;
        this.valid = valid;
    }

    /** Reads a string in which every part must have a key. */
    static PropertyString parse(String text) {
        return parse(text, "");
    }

    /** @param defaultKey the key of a bare value, or empty if there must be none */
    static PropertyString parse(String text, String defaultKey) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> repeated = new HashSet<>();
        boolean valid = true;
        for (String part : text.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String key = equals < 0 ? defaultKey : part.substring(0, equals);
            String value = part.substring(equals + 1);
            if (key.isEmpty() || value.isEmpty()) {
                valid = false;
            } else if (values.putIfAbsent(key, value) != null) {
                repeated.add(key);
            }
        }
        return new PropertyString(values, repeated, valid && repeated.isEmpty());
    }

    /** Whether Proxmox could read it as far as its form goes; keys and values are not looked at. */
    boolean isWellFormed() {
        return valid;
    }

    Set<String> keys() {
        return values.keySet();
    }

    /** The value of a key; empty if it is not there, or is there twice, so that nobody knows which one counts. */
    Optional<String> get(String key) {
        return repeated.contains(key) ? Optional.empty() : Optional.ofNullable(values.get(key));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** {@code 1|on|yes|true} and {@code 0|off|no|false} in any case (PVE/JSONSchema.pm, {@code parse_boolean}). */
    static Optional<Boolean> bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "on", "yes", "true" -> Optional.of(true);
            case "0", "off", "no", "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
