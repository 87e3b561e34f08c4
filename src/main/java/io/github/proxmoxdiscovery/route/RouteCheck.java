package io.github.proxmoxdiscovery.route;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.support.PatternHelper;

/** Finds what is wrong with route files that Camel loads all the same. */
final class RouteCheck {

    private final CamelContext context;
    private final Model model;

    RouteCheck(CamelContext context) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** What is wrong, a sentence each. */
    List<String> mistakes(Collection<String> sinks) {
        Set<String> heard = context.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointUri())
                .collect(Collectors.toSet());
        return Stream.of(unheardEndpoints(heard), unheardSinks(heard, sinks), unknownConfigurations())
                .flatMap(mistakes -> mistakes)
                .toList();
    }

    private Stream<String> unheardEndpoints(Set<String> heard) {
        return context.getEndpoints().stream()
                .map(Endpoint::getEndpointUri)
                .filter(uri -> uri.startsWith("direct:") && !heard.contains(uri))
                .sorted()
                .map(uri -> sender(uri) + " hands on to " + uri.replace("://", ":") + ", but no route listens there:"
                        + " look for a typing mistake, or for a file that is missing");
    }

    private String sender(String uri) {
        return model.getRouteDefinitions().stream()
                .filter(route ->
                        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SendDefinition.class).stream()
                                .anyMatch(to ->
                                        uri.equals(to.getEndpointUri().replaceFirst("^direct:(?!//)", "direct://"))))
                .findFirst()
                .map(RouteCheck::name)
                .orElse("a route file");
    }

    private static Stream<String> unheardSinks(Set<String> heard, Collection<String> sinks) {
        return sinks.stream()
                .filter(sink -> !heard.contains("direct://sink-" + sink))
                .map(sink -> "discovery.sinks names " + sink + ", but no route listens on direct:sink-" + sink
                        + ": look at the from in sinks/" + sink + ".camel.yaml");
    }

    private Stream<String> unknownConfigurations() {
        return model.getRouteDefinitions().stream()
                .filter(route -> route.getRouteConfigurationId() != null)
                .flatMap(route -> Arrays.stream(route.getRouteConfigurationId().split(","))
                        .filter(id -> !isConfiguration(id.strip()))
                        .map(id -> name(route) + " names the routeConfigurationId " + id.strip()
                                + ", which does not exist: its errors would go unhandled"));
    }

    private boolean isConfiguration(String pattern) {
        String id = context.resolvePropertyPlaceholders(pattern);
        return model.getRouteConfigurationDefinitions().stream()
                .anyMatch(known -> PatternHelper.matchPattern(known.getId(), id));
    }

    private static String name(RouteDefinition route) {
        String place = RouteMistake.place(route);
        return place.isEmpty() ? "the route " + route.getId() : "the route in " + place;
    }
}
