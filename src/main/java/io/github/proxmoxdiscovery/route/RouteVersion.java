package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.routefile.RouteSource;
import io.github.proxmoxdiscovery.routefile.Surroundings.Made;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The route files as they were at one moment.
 *
 * @param files where they were
 * @param sources what was in those that count with the chosen sinks
 * @param made the routes that the program makes of their templates
 */
record RouteVersion(RouteFiles files, List<RouteSource> sources, List<Made> made) {

    RouteVersion {
        sources = List.copyOf(sources);
        made = List.copyOf(made);
    }

    static RouteVersion read(Path folder, Settings settings) throws IOException {
        RouteFiles files = RouteFiles.in(folder);
        return of(settings.server().enabled() ? files : files.withoutServer(), settings);
    }

    static RouteVersion of(RouteFiles files, Settings settings) throws IOException {
        List<String> sinks = settings.sinks().stream().map(SinkSettings::name).toList();
        return new RouteVersion(files, files.read(sinks), CamelProperties.made(settings, files::hasSink));
    }

    /** Whether it says the same. */
    boolean isAs(RouteVersion other) {
        return sources.equals(other.sources) && made.equals(other.made);
    }
}
