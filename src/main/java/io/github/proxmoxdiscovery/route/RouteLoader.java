package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.routefile.RouteSource;
import io.github.proxmoxdiscovery.routefile.Surroundings.Made;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Loads route files, as they were read, into a context that runs already. */
final class RouteLoader {

    private final CamelContext context;
    private final Model model;
    private final Path folder;
    private final Map<String, Exception> failures = new LinkedHashMap<>();

    /** @param folder where the files are */
    RouteLoader(CamelContext context, Path folder) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.folder = folder;
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Where Camel says that a route comes from. */
    static String location(Path folder, String path) {
        return "file:" + folder.resolve(path).toAbsolutePath();
    }

    /**
     * Loads files, and makes the routes that the program itself makes of their templates.
     *
     * @return what went wrong, by file; the rest is loaded all the same
     */
    Map<String, Exception> load(Collection<RouteSource> sources, Collection<Made> made) {
        Map<RoutesBuilder, String> builders = new LinkedHashMap<>();
        sources.forEach(source ->
                attempt(source.path(), () -> read(source).forEach(builder -> builders.put(builder, source.path()))));
        // Routes take over the configurations when they are added, so these come first.
        builders.forEach((builder, path) -> {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                attempt(path, () -> context.addRoutesConfigurations(configurations));
            }
        });
        builders.forEach((builder, path) -> attempt(path, () -> context.addRoutes(builder)));
        builders.forEach((builder, path) -> attempt(path, () -> context.addTemplatedRoutes(builder)));
        for (Made one : made) {
            // What is wrong with that of a sink.<name>.uri is no file's fault.
            String path = one.template().equals("sink-uri") ? "" : "deliver/" + one.template() + ".camel.yaml";
            attempt(path, () -> make(one));
        }
        return failures;
    }

    private List<RoutesBuilder> read(RouteSource source) throws Exception {
        RoutesLoader loader = PluginHelper.getRoutesLoader(context);
        Resource resource = ResourceHelper.fromBytes(location(folder, source.path()), source.bytes());
        return new ArrayList<>(loader.findRoutesBuilders(List.of(resource)));
    }

    private void make(Made one) throws Exception {
        if (model.getRouteTemplateDefinition(one.template()) == null) {
            throw new IllegalStateException("there is no routeTemplate " + one.template() + ", of which the program"
                    + " makes the route " + one.route());
        }
        model.addRouteFromTemplate(one.route(), one.template(), new LinkedHashMap<>(one.parameters()));
    }

    private void attempt(String path, Step step) {
        if (failures.containsKey(path)) {
            return;
        }
        try {
            step.run();
        } catch (Exception e) {
            failures.put(path, e);
        }
    }
}
