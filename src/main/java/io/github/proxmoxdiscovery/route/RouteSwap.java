package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.routefile.RouteDifference;
import io.github.proxmoxdiscovery.routefile.RouteSource;
import io.github.proxmoxdiscovery.routefile.Surroundings.Made;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.spi.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts one version of route files in the place of another, in a context that runs, while nothing is under way. */
final class RouteSwap {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.routes");
    private static final long LONGEST_STOP_SECONDS = 1;

    private final CamelContext context;
    private final Model model;
    private final Path folder;
    private final RouteVersion before;
    private final RouteVersion after;
    private final RouteDifference difference;
    private final Set<String> paths;
    private final Set<String> locations;
    private final Set<String> madeIds;

    RouteSwap(CamelContext context, RouteVersion before, RouteVersion after) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.folder = before.files().folder();
        this.before = before;
        this.after = after;
        this.difference = RouteDifference.between(before.sources(), after.sources());
        this.paths = difference.toLoad();
        this.locations =
                paths.stream().map(path -> RouteLoader.location(folder, path)).collect(Collectors.toSet());
        Set<Made> different = new HashSet<>(before.made());
        different.addAll(after.made());
        different.removeIf(made -> before.made().contains(made) && after.made().contains(made));
        this.madeIds = different.stream().map(Made::route).collect(Collectors.toSet());
    }

    /** The routes that will be replaced. */
    private List<RouteDefinition> routes() {
        return model.getRouteDefinitions().stream()
                .filter(route -> isReplaced(route.getResource()) || madeIds.contains(route.getRouteId()))
                .toList();
    }

    private boolean isReplaced(@Nullable Resource resource) {
        return resource != null && locations.contains(resource.getLocation());
    }

    /** Whether a route is to be replaced that begins by itself, such as by the clock, and is about to. */
    boolean isAboutToBegin() {
        return routes().stream()
                .filter(route -> !route.getInput().getEndpointUri().matches("(direct|seda):.*"))
                .anyMatch(route -> context.getInflightRepository().size(route.getRouteId()) > 0);
    }

    /** Whether a route is to be replaced that starts others on threads of their own. */
    boolean hasTaps() {
        return routes().stream()
                .anyMatch(route -> !ProcessorDefinitionHelper.filterTypeInOutputs(
                                route.getOutputs(), WireTapDefinition.class)
                        .isEmpty());
    }

    /** Whether a route with this id is to be replaced. */
    boolean replaces(String id) {
        return routes().stream().anyMatch(route -> id.equals(route.getRouteId()));
    }

    /**
     * Replaces what is different.
     *
     * @return what went wrong, by file; then all is as it was before
     */
    Map<String, Exception> run() {
        Map<String, Exception> failures = replaceBy(after);
        if (!failures.isEmpty()) {
            Map<String, Exception> again = replaceBy(before);
            again.forEach((path, thrown) ->
                    LOG.error("{} could not be put back; restart to have its routes again", path, thrown));
        }
        return failures;
    }

    private Map<String, Exception> replaceBy(RouteVersion version) {
        List<RouteSource> sources = version.sources().stream()
                .filter(source -> paths.contains(source.path()))
                .toList();
        try {
            remove();
        } catch (Exception e) {
            return Map.of("", e);
        }
        List<Made> made = version.made().stream()
                .filter(one -> context.getRoute(one.route()) == null)
                .toList();
        return new RouteLoader(context, folder).load(sources, made);
    }

    private void remove() throws Exception {
        for (RouteDefinition route : routes()) {
            String id = route.getRouteId();
            context.getRouteController().stopRoute(id, LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
            context.removeRoute(id);
            model.removeRouteDefinition(route);
        }
        removeTemplates();
        removeConfigurations();
    }

    private void removeTemplates() throws Exception {
        Set<String> ids = difference.templatesToLoad();
        for (RouteTemplateDefinition template : List.copyOf(model.getRouteTemplateDefinitions())) {
            if (ids.contains(template.getId())) {
                model.removeRouteTemplateDefinition(template);
            }
        }
    }

    private void removeConfigurations() throws Exception {
        Set<String> ids = difference.configurationsToLoad();
        for (RouteConfigurationDefinition one : List.copyOf(model.getRouteConfigurationDefinitions())) {
            if (ids.contains(one.getId()) || ids.contains("") && !one.hasCustomIdAssigned()) {
                model.removeRouteConfiguration(one);
            }
        }
    }
}
