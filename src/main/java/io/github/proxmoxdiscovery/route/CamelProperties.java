package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.routefile.Surroundings.Made;
import io.github.proxmoxdiscovery.settings.ServerSettings;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The settings as Camel gets them, with what the program adds: defaults of Camel's own, and the routes of each sink. */
final class CamelProperties {

    private static final String TEMPLATE = "camel.route-template[";

    private static final Pattern SERVERS =
            Pattern.compile(Pattern.quote(TEMPLATE) + "|camel\\.(server|management|metrics)\\.");

    private final Properties properties = new Properties();

    private CamelProperties() {}

    static Properties of(Settings settings, RouteFiles routes, Mode mode) {
        CamelProperties all = new CamelProperties();
        all.properties.putAll(settings.effective());
        all.addDefaults(mode, StopTimes.of(settings.discovery().shutdownTimeout()));
        if (mode.serves(settings.server())) {
            all.addObserved();
        }
        all.properties.setProperty("discovery.scheduled", String.valueOf(mode != Mode.ONCE));
        boolean quick = settings.discovery().quickSchedule().isPresent();
        all.properties.setProperty("discovery.quick-scheduled", String.valueOf(mode != Mode.ONCE && quick));
        if (settings.sinks().stream().anyMatch(sink -> "kafka".equals(sink.name()))) {
            all.addKafkaDefaults();
        }
        made(settings, routes::hasSink).forEach(all::addRoute);
        all.addServer(settings.server(), mode);
        return all.properties;
    }

    /** The same for a context that only tries route files: it makes no routes by itself, and opens no port. */
    static Properties forTrial(Settings settings, RouteFiles routes) {
        Properties all = of(settings, routes, Mode.VALIDATE);
        all.keySet().removeIf(key -> SERVERS.matcher(String.valueOf(key)).lookingAt());
        all.setProperty("camel.main.jmxEnabled", "false");
        all.setProperty("camel.main.startupSummaryLevel", "Off");
        return all;
    }

    private void addDefaults(Mode mode, StopTimes times) {
        properties.putIfAbsent("camel.main.sourceLocationEnabled", "true");
        properties.putIfAbsent("camel.main.startupSummaryLevel", mode == Mode.DAEMON ? "Default" : "Oneline");
        // What is still under way then is a sink that does not come back; what it took before is written down by then.
        long routes = times.routes().toSeconds();
        properties.putIfAbsent("camel.main.shutdownTimeout", String.valueOf(routes));
        long rest = times.whole().toSeconds() - routes;
        properties.putIfAbsent("camel.main.extraShutdownTimeout", String.valueOf(rest));
        // A sink that cannot be reached at the start is one that does not take its hosts, no reason not to start.
        properties.putIfAbsent("camel.main.endpointLazyStartProducer", "true");
        // An address on which nobody listens is a mistake in a route file; waiting for a listener only hides it.
        properties.putIfAbsent("camel.component.direct.block", "false");
    }

    /** Health and metrics. Camel would count each endpoint, and forget ours when routes are loaded again. */
    private void addObserved() {
        properties.putIfAbsent("camel.management.healthCheckEnabled", "true");
        properties.putIfAbsent("camel.management.metricsEnabled", "true");
        properties.putIfAbsent("camel.metrics.enabled", "true");
        properties.putIfAbsent("camel.metrics.enableExchangeEventNotifier", "false");
        properties.putIfAbsent("camel.metrics.clearOnReload", "false");
        properties.putIfAbsent("camel.health.exposureLevel", "full");
        // Of each route it is told that it runs; that its consumer does says the same once more.
        properties.putIfAbsent("camel.health.consumersEnabled", "false");
    }

    /**
     * Camel's own server for what is served, and for what it has for operators: with the same port it is one server.
     * Camel itself would serve at every address.
     */
    private void addServer(ServerSettings server, Mode mode) {
        for (String one : List.of("camel.server.", "camel.management.")) {
            properties.setProperty(one + "enabled", String.valueOf(mode.serves(server)));
            properties.setProperty(one + "host", server.host());
            properties.setProperty(one + "port", String.valueOf(server.port()));
        }
        // Nothing is taken: what comes with a request is not even kept.
        properties.setProperty("camel.server.fileUploadEnabled", "false");
        properties.setProperty("camel.server.maxBodySize", "1024");
    }

    /** As in the route file, they would win over what the configuration says. */
    private void addKafkaDefaults() {
        Map.of("linger-ms", "5", "max-block-ms", "10000", "request-timeout-ms", "10000", "delivery-timeout-ms", "20000")
                .forEach((option, value) -> {
                    String key = "camel.component.kafka." + option;
                    if (properties.stringPropertyNames().stream().noneMatch(given -> isSame(given, key))) {
                        properties.setProperty(key, value);
                    }
                });
    }

    /** Camel knows an option as max-block-ms and as maxBlockMs. */
    private static boolean isSame(String given, String key) {
        return given.replace("-", "").equalsIgnoreCase(key.replace("-", ""));
    }

    /** The routes that the program makes of templates: for each chosen sink one or two. */
    static List<Made> made(Settings settings, Predicate<String> hasRouteFile) {
        List<Made> made = new ArrayList<>();
        for (SinkSettings sink : settings.sinks()) {
            String name = sink.name();
            made.add(new Made("deliver-to-" + name, "deliver-to", Map.of("sink", name)));
            if (sink.uri().isPresent() && !hasRouteFile.test(name)) {
                // Camel takes a backslash in the value of a placeholder for an escape; one in a password is none.
                String endpoint = sink.uri().get().replace("\\", "\\\\");
                made.add(new Made("sink-" + name, "sink-uri", Map.of("sink", name, "endpoint", endpoint)));
            }
        }
        return made;
    }

    private void addRoute(Made made) {
        String prefix = TEMPLATE + made.route() + "].";
        properties.setProperty(prefix + "templateId", made.template());
        properties.setProperty(prefix + "routeId", made.route());
        made.parameters().forEach((name, value) -> properties.setProperty(prefix + name, value));
    }
}
