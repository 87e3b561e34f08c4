package io.github.proxmoxdiscovery.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One method of the API.
 *
 * @param template as {@code /nodes/{node}/qemu}
 * @param isProtected whether pvedaemon does it
 * @param parameters the query parameters it takes
 * @param cost how long it holds its worker
 */
record Route(
        String method,
        String template,
        boolean isProtected,
        Set<String> parameters,
        Function<Latency, Duration> cost,
        Permission permission,
        Endpoint endpoint) {

    /** Throws what is missing. */
    @FunctionalInterface
    interface Permission {
        void check(Call call) throws ApiException;
    }

    /** Gives what stands under {@code data}. */
    @FunctionalInterface
    interface Endpoint {
        Object data(Call call) throws ApiException, InterruptedException;
    }

    static Route get(String template, Endpoint endpoint) {
        return new Route("GET", template, false, Set.of(), latency -> Duration.ZERO, call -> {}, endpoint);
    }

    Route onDaemon() {
        return new Route(method, template, true, parameters, cost, permission, endpoint);
    }

    Route taking(String... names) {
        return new Route(method, template, isProtected, Set.of(names), cost, permission, endpoint);
    }

    Route costing(Function<Latency, Duration> time) {
        return new Route(method, template, isProtected, parameters, time, permission, endpoint);
    }

    Route needing(Permission check) {
        return new Route(method, template, isProtected, parameters, cost, check, endpoint);
    }

    /** The variables, if the path fits. */
    Optional<Map<String, String>> match(String askedMethod, String path) {
        String[] parts = path.split("/", -1);
        String[] wanted = template.split("/", -1);
        if (!method.equals(askedMethod) || parts.length != wanted.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < parts.length; i++) {
            if (wanted[i].startsWith("{") && !parts[i].isEmpty()) {
                variables.put(wanted[i].substring(1, wanted[i].length() - 1), parts[i]);
            } else if (!wanted[i].equals(parts[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
