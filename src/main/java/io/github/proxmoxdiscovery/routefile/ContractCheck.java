package io.github.proxmoxdiscovery.routefile;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.settings.EditDistance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks whether all that route files name is there: beans, methods, settings, components, and each other. */
final class ContractCheck {

    /** A placeholder that has neither a default nor a function, and must have a value. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([A-Za-z0-9._-]+)}}");

    private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Set<String> SENDERS =
            Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "poll", "interceptSendToEndpoint");
    private static final Set<String> CALLERS = Set.of("bean", "process", "method");

    /** A listener that is gone is more likely than so many typing errors in the name of another. */
    private static final int MOST_TYPING_ERRORS = 2;

    /** What the program itself sends to. */
    private static final String ENTRY = "direct:poll-now";

    private final List<RouteText> files;
    private final Surroundings surroundings;
    private final List<RouteProblem> problems = new ArrayList<>();

    ContractCheck(List<RouteText> files, Surroundings surroundings) {
        this.files = files;
        this.surroundings = surroundings;
    }

    /** @param complete whether all files could be read, so that what is in none of them is missing */
    List<RouteProblem> problems(boolean complete) {
        Set<String> beans = new TreeSet<>(surroundings.beans());
        Set<String> ownBeans = ownBeans();
        beans.addAll(ownBeans);
        Set<String> heard = heard();
        duplicateIds();
        sinkEndpoints();
        secondListeners();
        for (RouteText file : files) {
            for (RouteScalar scalar : file.scalars()) {
                placeholders(file, scalar);
                bean(file, scalar, beans, ownBeans);
                endpoint(file, scalar);
                if (complete) {
                    listener(file, scalar, heard);
                    configuration(file, scalar);
                }
            }
        }
        if (complete) {
            contract(heard);
        }
        return problems;
    }

    private Set<String> ownBeans() {
        Set<String> names = new HashSet<>();
        files.stream()
                .flatMap(file -> file.scalars().stream())
                .filter(scalar -> scalar.key().equals("name") && scalar.isBelow("beans"))
                .forEach(scalar -> names.add(scalar.value()));
        return names;
    }

    private void duplicateIds() {
        Map<String, String> first = new HashMap<>();
        surroundings.made().forEach(made -> first.put(made.route(), "the program makes one of " + made.template()));
        for (RouteText file : files) {
            for (int i = 0; i < file.json().size(); i++) {
                String pointer = "/" + i + "/route/id";
                JsonNode id = file.json().at(pointer);
                String where = id.isMissingNode()
                        ? null
                        : first.putIfAbsent(id.asText(), file.file() + ":" + file.line(pointer));
                if (where != null) {
                    problems.add(file.problem(
                            pointer, "there are two routes with the id " + id.asText(), "Another id; see " + where));
                }
            }
        }
    }

    /** Camel finds out about a second listener on a direct endpoint only when it starts it. */
    private void secondListeners() {
        Map<String, String> first = new HashMap<>();
        for (RouteText file : files) {
            for (RouteScalar scalar : file.scalars()) {
                String uri = withoutOptions(uri(scalar));
                if (!listens(scalar) || !isInside(uri) || !uri.startsWith("direct:")) {
                    continue;
                }
                String where = first.putIfAbsent(uri, file.file() + ":" + scalar.line());
                if (where != null) {
                    problems.add(new RouteProblem(
                            file.file(),
                            scalar.line(),
                            "two routes listen on " + uri,
                            "Another name, or one route; see " + where));
                }
            }
        }
    }

    private void placeholders(RouteText file, RouteScalar scalar) {
        Matcher matcher = PLACEHOLDER.matcher(scalar.value());
        while (matcher.find()) {
            String key = matcher.group(1);
            if (!surroundings.settings().contains(key) && !isParameter(file, scalar, key)) {
                problems.add(new RouteProblem(
                        file.file(), scalar.line(), "the setting " + key + " has no value", setting(key)));
            }
        }
    }

    private String setting(String key) {
        return EditDistance.nearest(key, surroundings.settings())
                .map(name -> "Did you mean " + name + "?")
                .orElse("Set " + key + " and restart, or write {{" + key + ":a default}}");
    }

    private static boolean isParameter(RouteText file, RouteScalar scalar, String key) {
        String top = "/" + scalar.path().get(0);
        JsonNode parameters = file.json().at(top + "/routeTemplate/parameters");
        for (JsonNode parameter : parameters) {
            if (parameter.path("name").asText().equals(key)) {
                return true;
            }
        }
        return false;
    }

    private void bean(RouteText file, RouteScalar scalar, Set<String> beans, Set<String> ownBeans) {
        if (scalar.isBelow("beans")) {
            return;
        }
        String value = scalar.value();
        boolean called = scalar.key().equals("ref") && CALLERS.contains(scalar.parent());
        boolean given = scalar.isBelow("parameters") && value.matches("#[\\w-]+");
        String name = given ? value.substring(1) : value;
        if (called || given) {
            if (!beans.contains(name) && !name.contains("{{")) {
                problems.add(
                        new RouteProblem(file.file(), scalar.line(), "there is no bean " + name, nearest(name, beans)));
            } else if (called && !ownBeans.contains(name)) {
                method(file, scalar, name);
            }
        }
    }

    private void method(RouteText file, RouteScalar scalar, String bean) {
        JsonNode method = file.json().at(scalar.mapPointer() + "/method");
        String name = method.asText().replaceFirst("\\(.*", "");
        Collection<String> methods = surroundings.methods(bean);
        if (method.isTextual() && !methods.contains(name) && !name.contains("{{")) {
            problems.add(file.problem(
                    scalar.mapPointer() + "/method",
                    "the bean " + bean + " has no method " + name,
                    nearest(name, methods)));
        }
    }

    private static String nearest(String name, Collection<String> names) {
        return EditDistance.nearest(name, names)
                .map(found -> "Did you mean " + found + "?")
                .orElse("There are " + String.join(", ", new TreeSet<>(names)));
    }

    /** The endpoint that a value names, or empty if it is none. */
    private static String uri(RouteScalar scalar) {
        boolean inMap = scalar.key().equals("uri") && !scalar.isBelow("parameters");
        boolean alone = SENDERS.contains(scalar.key()) || scalar.key().equals("from");
        return inMap || alone ? scalar.value().strip() : "";
    }

    private void endpoint(RouteText file, RouteScalar scalar) {
        String uri = uri(scalar);
        if (uri.isEmpty() || uri.startsWith("{{") || uri.startsWith("${") || uri.startsWith("ref:")) {
            return;
        }
        Matcher scheme = SCHEME.matcher(uri);
        String name = scheme.matches() ? scheme.group(1) : uri.replaceFirst("[?].*", "");
        if (!name.contains("{") && !surroundings.components().contains(name)) {
            problems.add(
                    new RouteProblem(file.file(), scalar.line(), "there is no component " + name, component(name)));
        }
    }

    private static String withoutOptions(String uri) {
        return uri.replaceFirst("[?].*", "").replace("://", ":");
    }

    /** Whether somebody in this process must listen there. */
    private static boolean isInside(String uri) {
        return (uri.startsWith("direct:") || uri.startsWith("seda:")) && !uri.contains("${") && !uri.contains("{{");
    }

    /** The endpoints on which a route listens. */
    private Set<String> heard() {
        Set<String> heard = new HashSet<>();
        for (RouteText file : files) {
            file.scalars().stream()
                    .filter(ContractCheck::listens)
                    .flatMap(scalar -> filledIn(file, scalar))
                    .map(ContractCheck::withoutOptions)
                    .forEach(heard::add);
        }
        return heard;
    }

    private static boolean listens(RouteScalar scalar) {
        String holder = scalar.key().equals("uri") ? scalar.parent() : scalar.key();
        return !uri(scalar).isEmpty() && Set.of("from", "pollEnrich", "poll").contains(holder);
    }

    /** The endpoint as it is, or of a template as it is in each route that is made of it. */
    private Stream<String> filledIn(RouteText file, RouteScalar scalar) {
        JsonNode template = file.json().at("/" + scalar.path().get(0) + "/routeTemplate/id");
        if (template.isMissingNode()) {
            return Stream.of(scalar.value());
        }
        return surroundings.made().stream()
                .filter(made -> made.template().equals(template.asText()))
                .map(made -> {
                    String uri = scalar.value();
                    for (Map.Entry<String, String> parameter : made.parameters().entrySet()) {
                        uri = uri.replace("{{" + parameter.getKey() + "}}", parameter.getValue());
                    }
                    return uri;
                });
    }

    private void listener(RouteText file, RouteScalar scalar, Set<String> heard) {
        String uri = withoutOptions(uri(scalar));
        if (isInside(uri) && !listens(scalar) && !heard.contains(uri)) {
            String expected = EditDistance.nearest(uri, heard)
                    .filter(name -> EditDistance.between(name, uri) <= MOST_TYPING_ERRORS)
                    .map(name -> "Did you mean " + name + "?")
                    .orElse("A route with from: " + uri + ", or not to hand on to it");
            problems.add(new RouteProblem(file.file(), scalar.line(), "no route listens on " + uri, expected));
        }
    }

    private void configuration(RouteText file, RouteScalar scalar) {
        if (!scalar.key().equals("routeConfigurationId") || scalar.value().matches(".*[*?{].*")) {
            return;
        }
        Set<String> ids = new TreeSet<>();
        files.forEach(one -> one.json()
                .forEach(entry -> ids.add(entry.at("/routeConfiguration/id").asText())));
        ids.remove("");
        for (String id : scalar.value().split(",")) {
            if (!ids.contains(id.strip())) {
                problems.add(new RouteProblem(
                        file.file(),
                        scalar.line(),
                        "there is no routeConfiguration " + id.strip() + ": errors would go unhandled",
                        nearest(id.strip(), ids)));
            }
        }
    }

    /** The endpoints of {@code sink.<name>.uri}, of which only the component is told: they may have passwords in them. */
    private void sinkEndpoints() {
        surroundings.made().forEach(made -> {
            String uri = made.parameters().getOrDefault("endpoint", "");
            String name = uri.replaceFirst("[:?].*", "");
            if (!name.isEmpty()
                    && !name.contains("{")
                    && !surroundings.components().contains(name)) {
                String key = made.route().replaceFirst("^sink-", "sink.") + ".uri";
                problems.add(new RouteProblem(
                        "", 0, key + " names the component " + name + ", which is not there", component(name)));
            }
        });
    }

    private String component(String name) {
        return EditDistance.nearest(name, surroundings.components())
                .map(nearest -> "Did you mean " + nearest + "?")
                .orElse("Its jar in lib/ext, which proxmox-discovery add camel-" + name + " brings");
    }

    /** What the program itself needs. */
    private void contract(Set<String> heard) {
        if (!heard.contains(ENTRY)) {
            problems.add(new RouteProblem("", 0, "no route listens on " + ENTRY + ", where each run begins", ""));
        }
        surroundings.sinks().forEach((sink, hasUri) -> {
            if (!heard.contains("direct:sink-" + sink)) {
                String what = hasUri ? "deliver/sink-uri.camel.yaml" : "sinks/" + sink + ".camel.yaml";
                problems.add(new RouteProblem(
                        what,
                        0,
                        "discovery.sinks names " + sink + ", but no route listens on direct:sink-" + sink,
                        "Look at the from in " + what));
            }
            if (!heard.contains("seda:deliver-to-" + sink)) {
                problems.add(new RouteProblem(
                        "deliver/deliver-to.camel.yaml",
                        0,
                        "no route listens on seda:deliver-to-" + sink,
                        "A routeTemplate deliver-to with from: seda:deliver-to-{{sink}}"));
            }
        });
    }
}
