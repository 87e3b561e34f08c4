package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.settings.Problem;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SettingsLoader;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import io.github.proxmoxdiscovery.time.Schedules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * The settings and the route files that go with them, found to be right.
 *
 * @param settings the effective settings
 * @param routes the files of the routes folder
 */
record Configuration(Settings settings, RouteFiles routes) {

    /**
     * Loads the settings and looks at the route files.
     *
     * @throws UsageException with a sentence for each problem
     */
    static Configuration load(
            Optional<Path> config, Path routesFolder, Map<String, String> defines, Map<String, String> env)
            throws UsageException {
        try {
            RouteFiles routes = RouteFiles.in(routesFolder);
            SettingsLoader loader = new SettingsLoader(env, Schedules::problem);
            SettingsLoader.Loaded loaded = loader.load(config, defines, routes.placeholders());
            List<String> problems = new ArrayList<>(
                    loaded.problems().stream().map(Problem::sentence).toList());
            if (problems.isEmpty()) {
                problems.addAll(sinksWithoutRoute(loaded.settings(), routes));
                problems.addAll(routes.missingComponents(loaded.settings().sinks()));
            }
            if (!problems.isEmpty()) {
                throw new UsageException(problems);
            }
            Logging.use(loaded.settings().log());
            loaded.warnings().forEach(LoggerFactory.getLogger("discovery.config")::warn);
            return new Configuration(loaded.settings(), routes);
        } catch (IOException e) {
            throw new UsageException(List.of(e.getMessage()));
        }
    }

    private static List<String> sinksWithoutRoute(Settings settings, RouteFiles routes) {
        return settings.sinks().stream()
                .filter(sink -> sink.uri().isEmpty() && !routes.hasSink(sink.name()))
                .map(SinkSettings::name)
                .map(name -> "discovery.sinks: there is no sink " + name + ": neither a route file sinks/" + name
                        + ".camel.yaml in the routes folder nor a setting sink." + name + ".uri. Sinks with a route"
                        + " file: " + String.join(", ", routes.sinks()))
                .toList();
    }
}
