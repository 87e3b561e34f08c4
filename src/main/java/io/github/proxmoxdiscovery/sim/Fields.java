package io.github.proxmoxdiscovery.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object in the making. */
final class Fields {

    private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

    static Fields of(String key, @Nullable Object value) {
        return new Fields().put(key, value);
    }

    Fields put(String key, @Nullable Object value) {
        map.put(key, value);
        return this;
    }

    Fields putIf(boolean condition, String key, Object value) {
        return condition ? put(key, value) : this;
    }

    Fields putIfKnown(String key, @Nullable Object value) {
        return value == null ? this : put(key, value);
    }

    /** Zero under each of the keys. */
    Fields zero(String... keys) {
        for (String key : keys) {
            map.put(key, 0);
        }
        return this;
    }

    Fields without(String... keys) {
        map.keySet().removeAll(Set.of(keys));
        return this;
    }

    Map<String, @Nullable Object> map() {
        return map;
    }
}
