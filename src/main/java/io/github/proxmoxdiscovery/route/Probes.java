package io.github.proxmoxdiscovery.route;

import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * Answers probes that do not log in: whether the program is alive or ready, and nothing of clusters, addresses and
 * reasons. An orchestrator that asks has no password to give.
 */
final class Probes {

    private static final String LIVE = "/observe/health/live";
    private static final String READY = "/observe/health/ready";

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private Probes() {}

    static boolean isProbe(RoutingContext request) {
        String path = request.request().path();
        return LIVE.equals(path) || READY.equals(path);
    }

    static void answer(RoutingContext request, CamelContext context) {
        boolean live = LIVE.equals(request.request().path());
        request.vertx()
                .executeBlocking(() -> isUp(
                        live ? HealthCheckHelper.invokeLiveness(context) : HealthCheckHelper.invokeReadiness(context)))
                .onSuccess(up -> answer(request, up))
                .onFailure(request::fail);
    }

    private static boolean isUp(Collection<HealthCheck.Result> results) {
        return results.stream().noneMatch(result -> result.getState() == HealthCheck.State.DOWN);
    }

    private static void answer(RoutingContext request, boolean up) {
        request.response()
                .setStatusCode(up ? OK : UNAVAILABLE)
                .putHeader("Content-Type", "application/json")
                .end(up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
    }
}
