package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.routefile.RouteProblem;
import io.github.proxmoxdiscovery.routefile.RouteReview;
import io.github.proxmoxdiscovery.routefile.RouteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Looks through the route files that are not as they were shipped, also for what Camel does not mind, such as a key that
 * stands twice. The schema takes as long as a good part of the start, and so this is done beside it.
 */
final class EditedFiles {

    private final CompletableFuture<List<RouteProblem>> problems;

    private EditedFiles(CompletableFuture<List<RouteProblem>> problems) {
        this.problems = problems;
    }

    /** Begins. */
    static EditedFiles of(RouteFiles routes, Collection<String> sinks) {
        return new EditedFiles(CompletableFuture.supplyAsync(() -> problems(routes, sinks)));
    }

    private static List<RouteProblem> problems(RouteFiles routes, Collection<String> sinks) {
        List<RouteProblem> problems = new ArrayList<>();
        try {
            for (RouteSource source : routes.read(sinks)) {
                if (!RouteFiles.isShipped(source)) {
                    problems.addAll(RouteReview.problems(source));
                }
            }
            return problems;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until they are looked through.
     *
     * @throws IllegalStateException when something is wrong with them
     * @throws java.util.concurrent.CompletionException when one cannot be read
     */
    void areRight() {
        List<RouteProblem> found = problems.join();
        if (!found.isEmpty()) {
            throw new IllegalStateException(
                    found.stream().map(RouteProblem::toLine).collect(Collectors.joining("; ")));
        }
    }
}
