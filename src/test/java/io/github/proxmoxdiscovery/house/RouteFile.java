package io.github.proxmoxdiscovery.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A file of the routes folder, as its author wrote it.
 *
 * @param path from the project's folder
 * @param documents its list of routes, templates and configurations
 */
record RouteFile(String path, String text, List<Map<String, Object>> documents) {

    /** The files that tell more than one thing, on purpose. */
    private static final List<String> OF_SEVERAL =
            List.of("routes/0-errors.camel.yaml", "routes/sinks/file.camel.yaml");

    static List<RouteFile> all() {
        return ProjectFiles.files("routes", ".camel.yaml").stream()
                .map(RouteFile::of)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static RouteFile of(Path file) {
        String text = ProjectFiles.text(file);
        Object documents = new Load(LoadSettings.builder().build()).loadFromString(text);
        return new RouteFile(ProjectFiles.name(file), text, (List<Map<String, Object>>) documents);
    }

    boolean isOfSeveral() {
        return OF_SEVERAL.contains(path);
    }

    boolean isSink() {
        return path.startsWith("routes/sinks/");
    }

    boolean isTemplate() {
        return documents.stream().anyMatch(document -> document.containsKey("routeTemplate"));
    }

    /** The name without number and suffix. */
    String stage() {
        return path.replaceFirst(".*/", "").replaceFirst("^\\d-", "").replace(".camel.yaml", "");
    }

    /** The routes and route templates in it. */
    List<Map<?, ?>> routes() {
        List<Map<?, ?>> routes = new ArrayList<>();
        for (Map<String, Object> document : documents) {
            document.forEach((kind, content) -> {
                if (kind.equals("route") || kind.equals("routeTemplate")) {
                    routes.add((Map<?, ?>) content);
                }
            });
        }
        return routes;
    }

    /** Every value at this key, at whatever depth. */
    List<String> values(String key) {
        List<String> values = new ArrayList<>();
        walk(documents, (name, value) -> {
            if (name.equals(key) && !(value instanceof Map) && !(value instanceof List)) {
                values.add(String.valueOf(value));
            }
        });
        return values;
    }

    /** Every endpoint that a step of it sends to. */
    List<String> sendsTo() {
        List<String> endpoints = new ArrayList<>();
        walk(documents, (name, value) -> {
            if (List.of("to", "toD", "wireTap").contains(name)) {
                endpoints.add(String.valueOf(value instanceof Map<?, ?> map ? map.get("uri") : value));
            }
        });
        return endpoints;
    }

    /** Where its routes begin. */
    List<String> listensOn() {
        return routes().stream()
                .map(route -> ((Map<?, ?>) route.get("from")).get("uri").toString())
                .toList();
    }

    private static void walk(Object node, BiConsumer<String, Object> visit) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                visit.accept(String.valueOf(key), value);
                walk(value, visit);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> walk(item, visit));
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
