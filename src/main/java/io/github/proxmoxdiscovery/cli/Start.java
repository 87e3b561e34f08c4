package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.RouteMistake;
import io.github.proxmoxdiscovery.route.ServerAddressException;
import io.github.proxmoxdiscovery.routefile.RouteProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Starts the application; what stops that is wrong in a route file or in a setting that only Camel knows. */
final class Start {

    private Start() {}

    /**
     * Starts the application.
     *
     * @throws UsageException when Camel refuses the route files or a setting of its own
     * @throws LedgerException when another program works on the data folder, or the ledger in it cannot be used
     */
    static void checked(DiscoveryApplication application) throws UsageException, LedgerException {
        try {
            application.start();
        } catch (ServerAddressException e) {
            throw new UsageException(List.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LoggerFactory.getLogger("discovery").debug("not started", e);
            throw new UsageException(explained(application, List.of(wrong(e, application) + ": " + causes(e))));
        }
        List<String> mistakes = application.routeMistakes();
        if (!mistakes.isEmpty()) {
            throw new UsageException(explained(application, mistakes));
        }
    }

    /** What is wrong as it is best said, or else as it was found. */
    private static List<String> explained(DiscoveryApplication application, List<String> asFound) {
        try {
            List<String> explained = lines(application, application.explained());
            return explained.isEmpty() ? asFound : explained;
        } catch (IOException e) {
            LoggerFactory.getLogger("discovery").debug("not explained", e);
            return asFound;
        }
    }

    /**
     * Also looks at what Camel does not mind.
     *
     * @throws UsageException when anything is wrong with a route file
     */
    static void reviewed(DiscoveryApplication application) throws UsageException, LedgerException, IOException {
        checked(application);
        List<RouteProblem> problems = application.reviewed();
        if (!problems.isEmpty()) {
            throw new UsageException(lines(application, problems));
        }
    }

    /** Each file as it is found from here, so that a terminal can open it. */
    private static List<String> lines(DiscoveryApplication application, List<RouteProblem> problems) {
        return problems.stream()
                .map(problem -> problem.file().isEmpty()
                        ? problem.toLine()
                        : application.routesFolder() + "/" + problem.toLine())
                .toList();
    }

    private static String wrong(RuntimeException e, DiscoveryApplication application) {
        return RouteMistake.place(e, application.context())
                .map(place -> "the route in " + place + " is wrong")
                .orElse("a route file or a camel.* setting is wrong");
    }

    private static String causes(Throwable thrown) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            boolean tellsMore = message != null && messages.stream().noneMatch(said -> said.contains(message));
            if (tellsMore) {
                messages.add(message.strip());
            }
        }
        return String.join("\n  because: ", messages);
    }
}
