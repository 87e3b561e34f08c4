package io.github.proxmoxdiscovery.route;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** Where in the route files the mistake is that kept the application from starting. */
public final class RouteMistake {

    private RouteMistake() {}

    /** The file of the route that Camel refused, and the line where it begins; empty if it is not known. */
    public static Optional<String> place(Throwable thrown, CamelContext context) {
        return refused(Stream.iterate(thrown, cause -> cause != null, Throwable::getCause), context)
                .filter(route -> route.getLocation() != null)
                .map(RouteMistake::place)
                .findFirst();
    }

    /** The routes that these say could not be made or started, as far as the context knows them. */
    static Stream<RouteDefinition> refused(Stream<Throwable> causes, CamelContext context) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        return causes.map(RouteMistake::routeId)
                .flatMap(Optional::stream)
                .map(model::getRouteDefinition)
                .filter(Objects::nonNull);
    }

    /** The file of a route, and the line where it begins; empty if it is not known. */
    static String place(RouteDefinition route) {
        String file = route.getLocation();
        return file == null ? "" : file.replaceFirst("^file:", "") + ":" + route.getLineNumber();
    }

    private static Optional<String> routeId(Throwable thrown) {
        if (thrown instanceof FailedToCreateRouteException created) {
            return Optional.ofNullable(created.getRouteId());
        }
        return thrown instanceof FailedToStartRouteException started
                ? Optional.ofNullable(started.getRouteId())
                : Optional.empty();
    }
}
