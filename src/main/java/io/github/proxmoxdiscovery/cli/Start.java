package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.RouteMistake;
import io.github.proxmoxdiscovery.route.ServerAddressException;
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
            throw new UsageException(List.of(wrong(e, application) + ": " + causes(e)));
        }
        List<String> mistakes = application.routeMistakes();
        if (!mistakes.isEmpty()) {
            throw new UsageException(mistakes);
        }
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
