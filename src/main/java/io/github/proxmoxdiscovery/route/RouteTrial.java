package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.routefile.RouteProblem;
import io.github.proxmoxdiscovery.routefile.RouteReview;
import io.github.proxmoxdiscovery.routefile.RouteSource;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a whole set of route files: it is looked through, and then loaded into a context of its own with the same beans
 * and settings, in which no route is started.
 */
final class RouteTrial {

    /** No two of them have the same name, or they would share a clock. */
    private static final AtomicLong NUMBER = new AtomicLong();

    private static final Logger LOG = LoggerFactory.getLogger("discovery.routes");

    private final Settings settings;
    private final Beans beans;
    private final RouteReview review = new RouteReview();

    RouteTrial(Settings settings, Beans beans) {
        this.settings = settings;
        this.beans = beans;
    }

    /**
     * All that is wrong.
     *
     * @param isNew which files are to be looked at closely; the others are in effect
     */
    List<RouteProblem> problems(RouteFiles routes, Collection<RouteSource> sources, Predicate<RouteSource> isNew) {
        ProgramSurroundings surroundings = new ProgramSurroundings(settings, routes, beans);
        List<RouteProblem> problems = new ArrayList<>(review.problems(sources, isNew, surroundings));
        loaded(routes, sources, surroundings, problems);
        return masked(problems);
    }

    /** What is wrong as far as reading tells. */
    List<RouteProblem> reviewed(RouteFiles routes, Collection<RouteSource> sources) {
        return masked(review.problems(sources, source -> true, new ProgramSurroundings(settings, routes, beans)));
    }

    private List<RouteProblem> masked(List<RouteProblem> problems) {
        List<RouteProblem> masked = problems.stream()
                .map(problem -> new RouteProblem(
                        problem.file(),
                        problem.line(),
                        beans.masked(problem.problem()),
                        beans.masked(problem.expected())))
                .toList();
        return RouteReview.inOrder(masked);
    }

    private void loaded(
            RouteFiles routes,
            Collection<RouteSource> sources,
            ProgramSurroundings surroundings,
            List<RouteProblem> problems) {
        Main main = CamelMain.of(
                "proxmox-discovery-trial-" + NUMBER.incrementAndGet(),
                CamelProperties.forTrial(settings, routes),
                beans);
        main.bind("platform-http-engine", new UnservedRoutes());
        main.configure().withAutoStartup(false);
        try {
            main.start();
            load(main.getCamelContext(), routes, sources, surroundings, problems);
        } catch (RuntimeException e) {
            LOG.debug("the trial", e);
            if (problems.isEmpty()) {
                problems.add(new RouteProblem("", 0, "a camel.* setting is wrong: " + e.getMessage(), ""));
            }
        } finally {
            // Its clock takes half a second to end, which nobody needs to wait for.
            Thread stop = new Thread(main::stop, "trial-stop");
            stop.setDaemon(true);
            stop.start();
        }
    }

    private void load(
            CamelContext context,
            RouteFiles routes,
            Collection<RouteSource> sources,
            ProgramSurroundings surroundings,
            List<RouteProblem> problems) {
        Map<String, RouteSource> byPath =
                sources.stream().collect(Collectors.toMap(RouteSource::path, source -> source));
        Map<String, Exception> failures = new RouteLoader(context, routes.folder()).load(sources, surroundings.made());
        failures.forEach((path, thrown) -> {
            // What was found by reading is said better than Camel says it.
            if (problems.stream().noneMatch(problem -> problem.file().equals(path))) {
                problems.add(new CamelRefusal(context, path, byPath.get(path), thrown).problem());
            }
        });
        if (problems.isEmpty()) {
            new RouteCheck(context)
                    .mistakes(settings.sinks().stream().map(SinkSettings::name).toList())
                    .forEach(mistake -> problems.add(new RouteProblem("", 0, mistake, "")));
        }
    }
}
