package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.routefile.RouteProblem;
import io.github.proxmoxdiscovery.routefile.RoutesState;
import io.github.proxmoxdiscovery.settings.ServerSettings;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;

/** The Camel application: the chosen route files, the settings and the beans. */
public final class DiscoveryApplication implements AutoCloseable {

    /** What the application is started for. */
    public enum Mode {
        /** Runs on the schedule. */
        DAEMON,
        /** Runs when told to. */
        ONCE,
        /** Loads everything and starts nothing. */
        VALIDATE;

        /** Whether there is somebody to serve what is known, and what operators look at. */
        boolean serves(ServerSettings server) {
            return this == DAEMON && server.enabled();
        }
    }

    /** When everything is done, a sink that does not come back is not waited for any longer. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final Main main;
    private final Beans beans;
    private final List<String> sinks;
    private final Settings settings;
    private final RouteFiles routes;
    private final Mode mode;
    private final WebServer server;
    private @Nullable RouteReload reload;

    /** @param secretSeen is told each secret that is not in the settings themselves, such as the content of a file */
    public DiscoveryApplication(Settings settings, RouteFiles routes, Mode mode, Consumer<String> secretSeen) {
        this.settings = settings;
        this.routes = settings.server().enabled() && mode != Mode.ONCE ? routes : routes.withoutServer();
        this.mode = mode;
        server = new WebServer(settings.server());
        sinks = settings.sinks().stream().map(SinkSettings::name).toList();
        beans = new Beans(settings, mode, secretSeen);
        main = CamelMain.of("proxmox-discovery", CamelProperties.of(settings, this.routes, mode), beans);
        main.bind("server", server);
        if (mode == Mode.VALIDATE) {
            main.bind("platform-http-engine", new UnservedRoutes());
        }
        main.configure()
                .withRoutesIncludePattern(pattern(settings, this.routes))
                .withAutoStartup(mode != Mode.VALIDATE);
        main.addMainListener(new Listener());
    }

    private final class Listener extends MainListenerSupport {

        @Override
        public void afterConfigure(BaseMainSupport support) {
            support.getCamelContext().addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStopping(CamelContext context) {
                    beans.abandon();
                }
            });
        }
    }

    /** Adds a bean that a route file names, before the start. */
    public void bind(String name, Object bean) {
        main.bind(name, bean);
    }

    /**
     * Loads the routes and starts them.
     *
     * @throws LedgerException when another program works on the data folder, or the ledger in it cannot be used
     * @throws ServerAddressException when nothing can be served at the address that is set
     * @throws RuntimeException when a route file is wrong, most of them of Camel's
     */
    public void start() throws LedgerException, ServerAddressException {
        if (mode.serves(settings.server())) {
            server.tryAddress();
        }
        if (mode != Mode.VALIDATE) {
            beans.open();
        }
        Optional<RouteVersion> version = mode == Mode.DAEMON ? Optional.of(version()) : Optional.empty();
        EditedFiles edited = EditedFiles.of(routes, sinks);
        beans.gate().hold();
        main.start();
        edited.areRight();
        beans.gate().release();
        if (mode != Mode.VALIDATE) {
            beans.records().awaitOpen();
            beans.started();
        }
        if (mode.serves(settings.server())) {
            server.open(context(), beans.events());
        }
        version.ifPresent(this::keepUp);
    }

    private void keepUp(RouteVersion version) {
        if (settings.discovery().reloadRoutes() && !routes.isInJar()) {
            reload = new RouteReload(settings, context(), beans, version, Clock.systemUTC());
            reload.start();
        } else {
            new RouteChanges(beans.routesState(), beans.measures(), Clock.systemUTC()).started(false, version);
        }
    }

    /** The port at which is served what is known, for tests. */
    public int serverPort() {
        return server.port(context());
    }

    /** What the files are before they are loaded: if one changes meanwhile, that is found afterwards. */
    private RouteVersion version() {
        try {
            return RouteVersion.of(routes, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes edited route files at once, as a watched folder does when it has been quiet for a while. For tests. */
    public void lookAtRoutes() {
        if (reload != null) {
            reload.lookNow();
        }
    }

    /** Which route files are in effect. */
    public RoutesState routesState() {
        return beans.routesState();
    }

    /** Starts a run of every cluster. */
    public void pollNow() {
        try (ProducerTemplate template = context().createProducerTemplate()) {
            template.sendBody("direct:poll-now", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until the first run of every cluster is over and delivered, as far as it could be. When the process is told
     * to end meanwhile, it ends as a service does: what was not delivered is kept.
     */
    public Collection<Outcomes.Outcome> await() {
        // Camel waits there until its context is stopped, which only Main.run() would do by itself.
        main.getShutdownStrategy().addShutdownListener(() -> stop());
        Collection<Outcomes.Outcome> outcomes = beans.outcomes().await();
        context().getShutdownStrategy().setTimeout(LONGEST_STOP.toSeconds() - 1);
        return outcomes;
    }

    /**
     * Once started, runs until the process is told to end: a run at once, then on the schedule.
     *
     * @throws Exception of Camel's
     */
    public void runUntilStopped() throws Exception {
        pollNow();
        main.run();
    }

    /** How many routes there are. */
    public int routes() {
        return context().getRoutesSize();
    }

    /** What is wrong with the route files and Camel does not mind, a sentence each. */
    public List<String> routeMistakes() {
        return new RouteCheck(context()).mistakes(sinks);
    }

    /** What is wrong with the route files as far as reading them tells. */
    public List<RouteProblem> reviewed() throws IOException {
        return new RouteTrial(settings, beans).reviewed(routes, routes.read(sinks));
    }

    /** Everything that is wrong with the route files, when they could not be loaded. */
    public List<RouteProblem> explained() throws IOException {
        return new RouteTrial(settings, beans).problems(routes, routes.read(sinks), source -> true);
    }

    /** The folder of the route files, as it was named. */
    public Path routesFolder() {
        return routes.folder();
    }

    /**
     * Looks at clusters and sinks, in an application that was started to be validated.
     *
     * @throws Exception of Camel's
     */
    public Checks checks() throws Exception {
        Checks checks = new Checks(settings, routes, context(), beans.deadlines());
        checks.start();
        return checks;
    }

    public Settings settings() {
        return settings;
    }

    /** The context, for tests. */
    public CamelContext context() {
        return main.getCamelContext();
    }

    /** Stops; a sink that never came back is left behind, for Camel's queues would wait for it without end. */
    @Override
    public void close() {
        if (reload != null) {
            reload.close();
        }
        Thread stop = stop();
        try {
            stop.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        beans.close();
    }

    private Thread stop() {
        Thread stop = new Thread(main::stop, "stop");
        stop.setDaemon(true);
        stop.start();
        return stop;
    }

    private static String pattern(Settings settings, RouteFiles routes) {
        List<String> sinks = settings.sinks().stream().map(SinkSettings::name).toList();
        return routes.chosen(sinks).stream().map(routes::location).collect(Collectors.joining(","));
    }
}
