package io.github.proxmoxdiscovery.routefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is different between two versions of the route files, and which of them must be loaded anew for that. */
public final class RouteDifference {

    private final Map<String, RouteText> before;
    private final Map<String, RouteText> after;
    private final Map<String, RoutesState.FileState> changed = new TreeMap<>();

    private RouteDifference(Collection<RouteSource> before, Collection<RouteSource> after) {
        this.before = read(before);
        this.after = read(after);
        Map<String, RouteSource> now = byPath(after);
        byPath(before).forEach((path, source) -> {
            if (!now.containsKey(path)) {
                changed.put(path, RoutesState.FileState.REMOVED);
            } else if (!source.equals(now.get(path))) {
                changed.put(path, RoutesState.FileState.CHANGED);
            }
        });
        now.keySet().stream()
                .filter(path -> !this.before.containsKey(path))
                .forEach(path -> changed.put(path, RoutesState.FileState.ADDED));
    }

    /** The difference of two versions. */
    public static RouteDifference between(Collection<RouteSource> before, Collection<RouteSource> after) {
        return new RouteDifference(before, after);
    }

    private static Map<String, RouteSource> byPath(Collection<RouteSource> sources) {
        return sources.stream().collect(Collectors.toMap(RouteSource::path, Function.identity()));
    }

    private static Map<String, RouteText> read(Collection<RouteSource> sources) {
        return sources.stream().collect(Collectors.toMap(RouteSource::path, RouteText::of));
    }

    /** The files that were changed, added or removed, and which of these. */
    public Map<String, RoutesState.FileState> changed() {
        return changed;
    }

    /** Such as {@code 2 files changed (a, b)}. */
    public String sentence() {
        String files = changed.size() == 1 ? "1 file" : changed.size() + " files";
        List<String> names = new ArrayList<>();
        changed.forEach((path, how) -> names.add(
                how == RoutesState.FileState.CHANGED
                        ? path
                        : path + " " + how.name().toLowerCase()));
        return files + " changed (" + String.join(", ", names) + ")";
    }

    /**
     * The files to load anew: those that changed, those whose routes have an error handling that changed, and those
     * that make routes of a template that changed. A bean may be in any route.
     */
    public Set<String> toLoad() {
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        Set<String> configurations = differentConfigurations();
        if (configurations.contains("") || changed.keySet().stream().anyMatch(path -> has(path, "beans"))) {
            return all;
        }
        Set<String> templates = templates();
        Set<String> load = new TreeSet<>(changed.keySet());
        all.stream()
                .filter(path -> names(path, "routeConfigurationId", configurations)
                        || names(path, "routeTemplateRef", templates))
                .forEach(load::add);
        return load;
    }

    private boolean has(String path, String key) {
        return List.of(before, after).stream()
                .map(version -> version.get(path))
                .filter(Objects::nonNull)
                .flatMap(text -> text.json().findValues(key).stream())
                .findAny()
                .isPresent();
    }

    private boolean names(String path, String key, Set<String> ids) {
        RouteText text = after.getOrDefault(path, before.get(path));
        return text.scalars().stream()
                .filter(scalar -> scalar.key().equals(key))
                .flatMap(scalar -> List.of(scalar.value().split(",")).stream())
                .map(String::strip)
                .anyMatch(name -> ids.contains(name) || !ids.isEmpty() && name.matches(".*[*?{].*"));
    }

    /** The ids of the templates in the files that changed. */
    private Set<String> templates() {
        Set<String> ids = new HashSet<>();
        for (Map<String, RouteText> version : List.of(before, after)) {
            changed.keySet().stream()
                    .map(version::get)
                    .filter(Objects::nonNull)
                    .forEach(text -> ids.addAll(ids(text, "routeTemplate").keySet()));
        }
        return ids;
    }

    /** The ids of the route configurations that are not what they were; an empty one stands for one without. */
    private Set<String> differentConfigurations() {
        Map<String, JsonNode> old = configurations(before);
        Map<String, JsonNode> now = configurations(after);
        Set<String> ids = new HashSet<>(old.keySet());
        ids.addAll(now.keySet());
        ids.removeIf(id -> Objects.equals(old.get(id), now.get(id)));
        return ids;
    }

    private static Map<String, JsonNode> configurations(Map<String, RouteText> version) {
        Map<String, JsonNode> configurations = new HashMap<>();
        version.values().forEach(text -> configurations.putAll(ids(text, "routeConfiguration")));
        return configurations;
    }

    private static Map<String, JsonNode> ids(RouteText text, String key) {
        Map<String, JsonNode> found = new HashMap<>();
        text.json().forEach(entry -> {
            if (entry.has(key)) {
                found.put(entry.path(key).path("id").asText(), entry);
            }
        });
        return found;
    }

    /** The ids of the route configurations in the files to load anew; an empty one stands for one without. */
    public Set<String> configurationsToLoad() {
        return idsToLoad("routeConfiguration");
    }

    /** The ids of the route templates in the files to load anew. */
    public Set<String> templatesToLoad() {
        return idsToLoad("routeTemplate");
    }

    private Set<String> idsToLoad(String key) {
        Set<String> ids = new HashSet<>();
        for (String path : toLoad()) {
            for (Map<String, RouteText> version : List.of(before, after)) {
                if (version.containsKey(path)) {
                    ids.addAll(ids(version.get(path), key).keySet());
                }
            }
        }
        return ids;
    }

    /** Whether an editor may still be at work: a file lies there unfinished, or is gone for the moment. */
    public boolean looksUnfinished(Collection<RouteSource> found) {
        return changed.containsValue(RoutesState.FileState.REMOVED)
                || found.stream().anyMatch(source -> changed.containsKey(source.path()) && source.looksUnfinished());
    }
}
