package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.routefile.RouteProblem;
import io.github.proxmoxdiscovery.routefile.RouteSource;
import io.github.proxmoxdiscovery.settings.EditDistance;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.EndpointUriFactory;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in words, with file and line, why Camel did not take a route file. */
final class CamelRefusal {

    private static final Pattern UNKNOWN_OPTION = Pattern.compile("Unknown parameters=\\[\\{([^=}]+)=");
    private static final Pattern ENDPOINT = Pattern.compile("Failed to resolve endpoint: ([a-zA-Z0-9+.-]+):");

    private final CamelContext context;
    private final List<String> lines;
    private final String file;
    private final List<Throwable> causes;

    CamelRefusal(CamelContext context, String file, @Nullable RouteSource source, Throwable thrown) {
        this.context = context;
        this.file = file;
        this.lines = source == null
                ? List.of()
                : new String(source.bytes(), StandardCharsets.UTF_8).lines().toList();
        this.causes = Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .toList();
    }

    RouteProblem problem() {
        return unknownOption().or(this::illegalSimple).or(this::badYaml).orElseGet(this::whateverItSays);
    }

    private Optional<RouteProblem> unknownOption() {
        for (Throwable cause : causes) {
            Matcher option = UNKNOWN_OPTION.matcher(String.valueOf(cause.getMessage()));
            Matcher endpoint = ENDPOINT.matcher(String.valueOf(cause.getMessage()));
            if (option.find() && endpoint.find()) {
                String name = option.group(1);
                String scheme = endpoint.group(1);
                return Optional.of(new RouteProblem(
                        file,
                        lineOf(name),
                        "the component " + scheme + " has no option " + name,
                        nearest(scheme, name)));
            }
        }
        return Optional.empty();
    }

    private String nearest(String scheme, String option) {
        EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(scheme);
        return Optional.ofNullable(factory)
                .flatMap(known -> EditDistance.nearest(option, known.propertyNames()))
                .map(name -> "Did you mean " + name + "?")
                .orElse("Camel's page on " + scheme + " has its options");
    }

    private Optional<RouteProblem> illegalSimple() {
        return cause(SimpleIllegalSyntaxException.class).map(e -> {
            String said = firstLine(e.getMessage());
            return new RouteProblem(
                    file, lineOf(String.valueOf(e.getExpression())), "a simple expression is wrong: " + said, "");
        });
    }

    private Optional<RouteProblem> badYaml() {
        return cause(MarkedYamlEngineException.class).map(e -> {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            return new RouteProblem(file, line, firstLine(e.getProblem()), "");
        });
    }

    private RouteProblem whateverItSays() {
        List<String> said = new ArrayList<>();
        for (int i = causes.size() - 1; i >= 0 && said.size() < 2; i--) {
            String message = firstLine(causes.get(i).getMessage());
            boolean isNew = !message.isEmpty() && said.stream().noneMatch(before -> before.contains(message));
            if (isNew && !(causes.get(i) instanceof FailedToCreateRouteException)) {
                said.add(message);
            }
        }
        String what = said.isEmpty() ? causes.get(0).toString() : String.join("; it says: ", reversed(said));
        return new RouteProblem(file, routeLine(), what, "");
    }

    private static List<String> reversed(List<String> said) {
        List<String> reversed = new ArrayList<>(said);
        Collections.reverse(reversed);
        return reversed;
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? ""
                : message.strip().lines().findFirst().orElse("").strip();
    }

    /** Where the route begins that Camel could not make. */
    private int routeLine() {
        return RouteMistake.refused(causes.stream(), context)
                .mapToInt(RouteDefinition::getLineNumber)
                .findFirst()
                .orElse(0);
    }

    /** The first line that has this in it, outside of a comment; else where the route begins. */
    private int lineOf(String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text) && !lines.get(i).strip().startsWith("#")) {
                return i + 1;
            }
        }
        return routeLine();
    }

    private <T> Optional<T> cause(Class<T> type) {
        return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
