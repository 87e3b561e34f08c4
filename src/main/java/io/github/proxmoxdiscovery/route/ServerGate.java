package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.proxmoxdiscovery.export.BasicLogin;
import io.github.proxmoxdiscovery.export.HostHeader;
import io.github.proxmoxdiscovery.settings.ServerSettings;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every request passes before any route: who asks, how, and by which name. */
final class ServerGate implements AuthenticationHandler {

    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int MISDIRECTED = 421;
    private static final int UNAVAILABLE = 503;

    private final String host;
    private final Optional<BasicLogin> login;
    private volatile boolean open;

    ServerGate(ServerSettings settings) {
        this.host = settings.host();
        this.login = settings.user()
                .map(user -> new BasicLogin(user.name(), () -> user.password().read()));
    }

    /** From now on there is something to be told. */
    void open() {
        open = true;
    }

    @Override
    public void handle(RoutingContext request) {
        HttpServerResponse response = request.response();
        response.putHeader("Cache-Control", "no-cache")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        HttpMethod method = request.request().method();
        if (login.isEmpty() && !HostHeader.isOurs(name(request.request()), host)) {
            refuse(
                    request,
                    MISDIRECTED,
                    "this server was asked for by a name that is not its own. Ask by its address, or set"
                            + " server.username and a password");
        } else if (login.isPresent() && !login.get().accepts(request.request().getHeader("Authorization"))) {
            response.putHeader("WWW-Authenticate", "Basic realm=\"proxmox-discovery\", charset=\"UTF-8\"");
            refuse(request, UNAUTHORIZED, "log in as the user of server.username");
        } else if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
            response.putHeader("Allow", "GET, HEAD");
            refuse(request, NOT_ALLOWED, "nothing can be written here, only GET and HEAD are answered");
        } else if (!open) {
            response.putHeader("Retry-After", "1");
            refuse(request, UNAVAILABLE, "the program starts");
        } else {
            request.next();
        }
    }

    /** As the client calls this server: in HTTP/2 it says so by other means. */
    private static @Nullable String name(HttpServerRequest request) {
        String header = request.getHeader("Host");
        return header == null && request.authority() != null
                ? request.authority().toString()
                : header;
    }

    /** No route answers there. */
    void notFound(RoutingContext request) {
        refuse(request, NOT_FOUND, "nothing is served at " + request.request().path());
    }

    static void refuse(RoutingContext request, int status, String why) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(JsonNodeFactory.instance.objectNode().put("error", why).toString());
    }
}
