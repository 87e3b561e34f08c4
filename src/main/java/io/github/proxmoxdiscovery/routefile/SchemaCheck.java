package io.github.proxmoxdiscovery.routefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.github.proxmoxdiscovery.settings.EditDistance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Holds route files against the JSON schema that comes with Camel's YAML DSL, and says in words what it minds. */
final class SchemaCheck {

    private static final String RESOURCE = "/schema/camelYamlDsl.json";
    private static final int MOST_NAMES = 12;

    private final JsonNode text;
    private final JsonSchema schema;

    private SchemaCheck(JsonNode text, JsonSchema schema) {
        this.text = text;
        this.schema = schema;
    }

    /** Reads the schema, which takes a good part of a second: for whoever has the time. */
    static SchemaCheck create() {
        try (InputStream in = SchemaCheck.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no " + RESOURCE + " on the class path");
            }
            JsonNode text = new ObjectMapper().readTree(in);
            // "true" is as good as true: placeholders and half of the world's route files have strings there.
            SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                    .typeLoose(true)
                    .preloadJsonSchema(false)
                    .build();
            return new SchemaCheck(text, factory().getSchema(text, config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchemaFactory factory() {
        JsonMetaSchema draft4 = JsonMetaSchema.builder(JsonMetaSchema.getV4())
                .keyword(new NonValidationKeyword("deprecated"))
                .build();
        return JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V4))
                .metaSchema(draft4)
                .build();
    }

    /** What is wrong with a file that is YAML. */
    List<RouteProblem> problems(RouteText file) {
        if (!file.json().isArray() || !allMaps(file.json())) {
            return List.of(file.problem("", "the file is no list of maps", "A file begins with - route:"));
        }
        Collection<ValidationMessage> all = schema.validate(file.json());
        Map<String, ValidationMessage> unknown = new LinkedHashMap<>();
        List<ValidationMessage> others = new ArrayList<>();
        for (ValidationMessage message : all) {
            if ("additionalProperties".equals(message.getType())) {
                unknown.putIfAbsent(pointer(message) + "/" + message.getProperty(), message);
            } else if (!isPlaceholder(message)) {
                others.add(message);
            }
        }
        List<RouteProblem> problems = new ArrayList<>();
        unknown.forEach((pointer, message) -> problems.add(unknownKey(file, pointer, message)));
        deepest(others, unknown.keySet()).values().forEach(message -> problems.add(other(file, message)));
        return problems;
    }

    private static boolean allMaps(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isObject);
    }

    private static String pointer(ValidationMessage message) {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < message.getInstanceLocation().getNameCount(); i++) {
            pointer.append('/').append(message.getInstanceLocation().getName(i));
        }
        return pointer.toString();
    }

    private static boolean isPlaceholder(ValidationMessage message) {
        JsonNode value = message.getInstanceNode();
        return value != null && value.isTextual() && value.asText().contains("{{");
    }

    /** What is wrong inside is the reason why each alternative outside of it does not fit either. */
    private static Map<String, ValidationMessage> deepest(
            List<ValidationMessage> messages, Collection<String> unknown) {
        Map<String, ValidationMessage> deepest = new TreeMap<>();
        for (ValidationMessage message : messages) {
            String at = pointer(message);
            boolean isOutside = unknown.stream().anyMatch(inner -> inner.startsWith(at + "/"))
                    || messages.stream().anyMatch(inner -> pointer(inner).startsWith(at + "/"));
            if (!isOutside) {
                deepest.merge(at, message, (one, another) -> rank(one) <= rank(another) ? one : another);
            }
        }
        return deepest;
    }

    private static int rank(ValidationMessage message) {
        return List.of("enum", "maxProperties", "type", "required").indexOf(message.getType()) & 0xff;
    }

    private RouteProblem unknownKey(RouteText file, String pointer, ValidationMessage message) {
        String key = message.getProperty();

        List<String> allowed = allowed(message);
        Optional<String> nearest = EditDistance.nearest(key, allowed);
        String expected = nearest.map(name -> "Did you mean " + name + "?").orElseGet(() -> names(allowed));
        return file.problem(pointer, "there is no " + where(key, pointer(message)), expected);
    }

    /** The names that the schema has beside the one that it does not. */
    private List<String> allowed(ValidationMessage message) {
        String location = message.getSchemaLocation().getFragment().toString();
        JsonNode properties = text.at(location.replaceFirst("/additionalProperties$", "") + "/properties");
        TreeSet<String> names = new TreeSet<>();
        for (Iterator<String> all = properties.fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        return List.copyOf(names);
    }

    private static String names(List<String> allowed) {
        String more = allowed.size() > MOST_NAMES ? ", …" : "";
        return allowed.isEmpty()
                ? ""
                : "There are " + allowed.stream().limit(MOST_NAMES).collect(Collectors.joining(", ")) + more;
    }

    private static String where(String key, String holder) {
        if (holder.matches("(/\\d+)?")) {
            return key + " at the top of a file";
        }
        return holder.matches(".*/steps/\\d+") ? "step " + key : key + " in " + lastName(holder);
    }

    private static String lastName(String pointer) {
        String[] parts = pointer.replaceAll("(/\\d+)+$", "").split("/");
        return parts[parts.length - 1];
    }

    private static RouteProblem other(RouteText file, ValidationMessage message) {
        String at = pointer(message);
        String name = lastName(at);
        JsonNode value = message.getInstanceNode();
        Object[] arguments = message.getArguments() == null ? new Object[0] : message.getArguments();
        return switch (message.getType()) {
            case "required" ->
                isLanguage(message)
                        ? file.problem(at, name + " is to have exactly one expression", "For example simple: …")
                        : file.problem(at, name + " lacks " + message.getProperty(), "");
            case "enum" -> file.problem(at, name + " cannot be " + shown(value), "One of " + words(arguments));
            case "type" -> file.problem(at, name + " cannot be " + shown(value), "Expected is " + kind(arguments));
            case "maxProperties" ->
                file.problem(at, "there are several keys where one is to be", "A list has a - before each step");
            default -> file.problem(at, name + " is not as it is to be: " + message.getMessage(), "");
        };
    }

    private static String shown(JsonNode value) {
        return value.isContainerNode()
                ? value.isArray() ? "a list" : "a map"
                : value.isNull() ? "empty" : value.asText();
    }

    /** Of two expressions in one place each alternative lacks all the others. */
    private static boolean isLanguage(ValidationMessage message) {
        return List.of("expression", "constant", "csimple").contains(message.getProperty());
    }

    private static String words(Object[] arguments) {
        String all = arguments.length == 0 ? "others" : String.valueOf(arguments[0]);
        return all.replaceAll("[\\[\\]\"]", "").replaceAll(",\\s*", ", ");
    }

    private static String kind(Object[] arguments) {
        String type = arguments.length < 2 ? "" : String.valueOf(arguments[1]);
        return switch (type) {
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a map, key: value";
            case "integer", "number" -> "a number";
            default -> "a text";
        };
    }
}
