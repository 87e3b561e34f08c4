package io.github.proxmoxdiscovery.routefile;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Says all that is wrong with a set of route files, as far as that can be told without loading them. */
public final class RouteReview {

    /** One for all, for it is large; let go when memory is short. */
    private static SoftReference<SchemaCheck> schema = new SoftReference<>(null);

    /**
     * What is wrong.
     *
     * @param isNew whether a file is to be held against the schema, which takes its time; one in effect need not
     */
    public List<RouteProblem> problems(
            Collection<RouteSource> sources, Predicate<RouteSource> isNew, Surroundings surroundings) {
        List<RouteProblem> problems = new ArrayList<>();
        List<RouteText> read = new ArrayList<>();
        for (RouteSource source : sources) {
            RouteText text = RouteText.of(source);
            problems.addAll(isNew.test(source) ? alone(text) : text.problems());
            if (text.isRead()) {
                read.add(text);
            }
        }
        // What a file that is wrong was meant to bring would only be missed by others.
        problems.addAll(new ContractCheck(read, surroundings).problems(problems.isEmpty()));
        return inOrder(problems);
    }

    /** What is wrong with one file, whatever there is beside it. */
    public static List<RouteProblem> problems(RouteSource source) {
        return alone(RouteText.of(source));
    }

    private static List<RouteProblem> alone(RouteText text) {
        return text.isRead()
                ? Stream.concat(text.problems().stream(), schema().problems(text).stream())
                        .toList()
                : text.problems();
    }

    /** Reads the schema, so that the first review need not. */
    public static void warmUp() {
        schema();
    }

    private static synchronized SchemaCheck schema() {
        SchemaCheck known = schema.get();
        if (known == null) {
            known = SchemaCheck.create();
            schema = new SoftReference<>(known);
        }
        return known;
    }

    /** What stands in a file from its beginning on. */
    public static List<RouteProblem> inOrder(Collection<RouteProblem> problems) {
        return Set.copyOf(problems).stream()
                .sorted(Comparator.comparing(RouteProblem::file)
                        .thenComparing(RouteProblem::line)
                        .thenComparing(RouteProblem::problem))
                .toList();
    }
}
