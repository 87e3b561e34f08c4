package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.StateVersion;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;

/**
 * The entity tags of what is told of hosts: another one whenever the state is, or the route that tells it, which may
 * have been edited.
 */
final class StateTags {

    private final Map<Route, String> routes = new WeakHashMap<>();
    private final String started;
    private long loadings;

    StateTags(long startMillis) {
        started = Long.toString(startMillis, Character.MAX_RADIX);
    }

    /** @param onlyChanges whether nothing is told that every run changes, such as when a host was seen */
    String tag(Exchange exchange, Ledger ledger, boolean onlyChanges) throws LedgerException {
        StateVersion version = ledger.version();
        String state = onlyChanges ? "c" + version.changed() : "s" + version.seen();
        Route route = exchange.getContext().getRoute(exchange.getFromRouteId());
        return "W/\"" + ledger.epoch() + "." + state + "." + of(route) + "\"";
    }

    /** What tells this loading of the route from any other. */
    private synchronized String of(@Nullable Route route) {
        return routes.computeIfAbsent(route, any -> started + "." + ++loadings);
    }
}
