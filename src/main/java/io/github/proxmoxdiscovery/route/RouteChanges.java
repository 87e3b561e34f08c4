package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.metrics.Measures;
import io.github.proxmoxdiscovery.routefile.RouteDifference;
import io.github.proxmoxdiscovery.routefile.RouteProblem;
import io.github.proxmoxdiscovery.routefile.RouteSource;
import io.github.proxmoxdiscovery.routefile.RoutesState;
import io.github.proxmoxdiscovery.routefile.RoutesState.File;
import io.github.proxmoxdiscovery.routefile.RoutesState.FileState;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of edits: in the log, and in the state that others show. */
final class RouteChanges {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.routes");

    private final RoutesState state;
    private final Measures measures;
    private final Clock clock;
    private final Map<String, File> files = new HashMap<>();

    RouteChanges(RoutesState state, Measures measures, Clock clock) {
        this.state = state;
        this.measures = measures;
        this.clock = clock;
    }

    void started(boolean watched, RouteVersion version) {
        state.loaded(watched, clock.instant(), files(version, Map.of(), Set.of()));
    }

    void waits(RouteDifference difference, RouteVersion version) {
        state.waiting(files(version, difference.changed(), Set.of()));
    }

    void loaded(RouteDifference difference, RouteVersion version) {
        Instant now = clock.instant();
        measures.reloaded(true);
        state.loaded(true, now, files(version, Map.of(), Set.of()));
        LOG.info(
                "routes: {}, in effect since {} as version {}",
                difference.sentence(),
                now.truncatedTo(ChronoUnit.SECONDS),
                state.now().version());
    }

    void back(RouteVersion version) {
        measures.routesAreBack();
        state.back(files(version, Map.of(), Set.of()));
        LOG.info(
                "routes: the files are again as they are in effect, version {}",
                state.now().version());
    }

    void refused(List<RouteProblem> problems, RouteDifference difference, RouteVersion version) {
        refuse(problems, difference, version);
        LOG.warn(
                "routes: {}, and refused: version {} stays in effect",
                difference.sentence(),
                state.now().version());
        problems.forEach(problem -> LOG.warn("routes: {}", problem.toLine()));
    }

    void putBack(List<RouteProblem> problems, RouteDifference difference, RouteVersion version) {
        refuse(problems, difference, version);
        LOG.error(
                "routes: {}, and could not be put into effect: version {} was put back",
                difference.sentence(),
                state.now().version());
        problems.forEach(problem -> LOG.error("routes: {}", problem.toLine()));
    }

    private void refuse(List<RouteProblem> problems, RouteDifference difference, RouteVersion version) {
        measures.reloaded(false);
        Set<String> wrong = problems.stream().map(RouteProblem::file).collect(Collectors.toSet());
        state.refused(problems, files(version, difference.changed(), wrong));
    }

    /** All files, each with the moment since when it is as it is. */
    private List<File> files(RouteVersion version, Map<String, FileState> changed, Set<String> wrong) {
        Set<String> paths = new TreeSet<>(changed.keySet());
        version.sources().stream().map(RouteSource::path).forEach(paths::add);
        files.keySet().retainAll(paths);
        List<File> all = new ArrayList<>();
        for (String path : paths) {
            FileState now = wrong.contains(path) ? FileState.REFUSED : changed.getOrDefault(path, FileState.LOADED);
            File before = files.get(path);
            boolean same = before != null && before.state() == now;
            File file = same ? before : new File(path, now, clock.instant());
            files.put(path, file);
            all.add(file);
        }
        return all;
    }
}
