package io.github.proxmoxdiscovery;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds messages and reports against the JSON Schemas that users get, {@code docs/reference/*.schema.json}. */
public final class MessageSchema {

    private static final JsonSchema MESSAGE = schema("discovered-host");
    private static final JsonSchema REPORT = schema("run-report");

    private MessageSchema() {}

    /** @throws AssertionError with everything that is wrong with this DiscoveredHost */
    public static void validate(String json) {
        validate(MESSAGE, json);
    }

    /** @throws AssertionError with everything that is wrong with this run report */
    public static void validateReport(String json) {
        validate(REPORT, json);
    }

    private static void validate(JsonSchema schema, String json) {
        Set<ValidationMessage> wrong = schema.validate(json, InputFormat.JSON);
        if (!wrong.isEmpty()) {
            String list = wrong.stream().map(ValidationMessage::getMessage).collect(Collectors.joining("\n  "));
            throw new AssertionError(schema.getId() + " does not allow\n" + json + "\n  " + list);
        }
    }

    private static JsonSchema schema(String name) {
        Path file = project().resolve("docs/reference").resolve(name + ".schema.json");
        try {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path project() {
        return Path.of(System.getProperty("basedir", System.getProperty("user.dir")));
    }
}
