package io.github.proxmoxdiscovery.sim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Writes JSON as Perl does: the keys of each object in another order each time. */
final class ShuffledJson {

    /** JSON text that is written as it is. */
    record Raw(String text) {}

    private final JsonFactory factory = new JsonFactory();
    private final Random random;

    ShuffledJson(Random random) {
        this.random = random;
    }

    byte[] write(Map<String, ?> object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator generator = factory.createGenerator(bytes)) {
            value(generator, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The same elements in another order: what comes out of a Perl hash is a list without one. */
    <T> List<T> shuffled(List<T> list) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }

    private void value(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            object(generator, map);
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                value(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof Raw raw) {
            generator.writeRawValue(raw.text());
        } else {
            generator.writePOJO(value);
        }
    }

    private void object(JsonGenerator generator, Map<?, ?> map) throws IOException {
        generator.writeStartObject();
        for (Object key : shuffled(List.copyOf(map.keySet()))) {
            generator.writeFieldName(key.toString());
            value(generator, map.get(key));
        }
        generator.writeEndObject();
    }
}
