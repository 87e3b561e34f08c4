package io.github.proxmoxdiscovery.kamelet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The JSON Schema of a DiscoveredHost, as it is in the jar. */
final class HostSchema {

    private static final String FILE = "/io/github/proxmoxdiscovery/schema/discovered-host.schema.json";
    private static final int MOST_TOLD = 5;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private final JsonSchema schema;

    HostSchema() {
        try (InputStream file = HostSchema.class.getResourceAsStream(FILE)) {
            schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The host that a text tells.
     *
     * @throws InvalidHostException when it is no JSON, or not what the schema wants
     */
    JsonNode read(String text) throws InvalidHostException {
        JsonNode host = parse(text);
        List<String> wrong = schema.validate(host).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
        if (!wrong.isEmpty()) {
            int more = wrong.size() - MOST_TOLD;
            String list = String.join("; ", wrong.subList(0, Math.min(wrong.size(), MOST_TOLD)));
            throw new InvalidHostException(
                    "this is no DiscoveredHost: " + list + (more > 0 ? "; and " + more + " more" : ""));
        }
        return host;
    }

    private static JsonNode parse(String text) throws InvalidHostException {
        if (text.isBlank()) {
            throw new InvalidHostException("this is no DiscoveredHost: the body is empty");
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidHostException(
                    "this is no DiscoveredHost: it is no JSON object alone: " + e.getOriginalMessage());
        }
    }
}
