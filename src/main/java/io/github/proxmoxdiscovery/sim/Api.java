package io.github.proxmoxdiscovery.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The API of one cluster. The order of checks is that of pve-manager, PVE/HTTPServer.pm rest_handler: who asks (401),
 * which method (501), may they (403), then over to the node in question (595), the parameters (400), the code (500).
 */
final class Api {

    private static final String BASE = "/api2/json";

    private final Inventory inventory;
    private final Accounts accounts;
    private final Workers workers;
    private final Supplier<Latency> latency;
    private final ShuffledJson json;
    private final List<Route> routes;

    Api(Inventory inventory, Accounts accounts, Workers workers, Supplier<Latency> latency, ShuffledJson json) {
        this.inventory = inventory;
        this.accounts = accounts;
        this.workers = workers;
        this.latency = latency;
        this.json = json;
        this.routes = Routes.of(inventory, accounts, latency, json);
    }

    Answer answer(HttpRequest request, String askedNode) throws InterruptedException {
        try {
            if (request.method().equals("HEAD")) {
                return Answer.empty(501, "method 'HEAD' not available");
            }
            if (!request.path().startsWith(BASE + "/")) {
                throw ApiException.of(501, "no such file '" + request.path() + "'");
            }
            String path = request.path().substring(BASE.length());
            return path.equals("/access/ticket") && request.method().equals("POST")
                    ? login(request)
                    : answer(request, path, askedNode);
        } catch (ApiException e) {
            return error(e);
        } catch (RuntimeException e) {
            return error(ApiException.of(500, "the simulated cluster is broken: " + e));
        }
    }

    /** An error with the body that this release gives it. */
    Answer error(ApiException error) {
        if (error.status() == 401 || error.status() >= 595) {
            return Answer.empty(error.status(), error.reason());
        }
        return errorWithBody(error);
    }

    private Answer errorWithBody(ApiException error) {
        Fields body = Fields.of("data", null);
        String end = error.status() == 501 ? "" : "\n";
        body.putIf(inventory.flavour().errorsHaveMessage(), "message", error.reason() + end);
        body.putIf(!error.errors().isEmpty(), "errors", error.errors());
        return Answer.json(error.status(), error.reason(), json.write(body.map()));
    }

    private Answer answer(HttpRequest request, String path, String askedNode)
            throws ApiException, InterruptedException {
        Caller caller = caller(request);
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(request.method(), path);
            if (variables.isPresent()) {
                return answer(route, new Call(request, path, variables.get(), caller, askedNode));
            }
        }
        throw ApiException.notImplemented(request.method(), path);
    }

    private Answer answer(Route route, Call call) throws ApiException, InterruptedException {
        checkVmid(call);
        route.permission().check(call);
        boolean elsewhere = !call.node().equals(call.askedNode());
        if (elsewhere) {
            reach(call.node());
        }
        checkParameters(route, call);
        Object data = workers.call(
                call.node(),
                route.isProtected(),
                route.cost().apply(latency.get()),
                () -> route.endpoint().data(call));
        return Answer.json(200, "OK", json.write(Fields.of("data", data).map()))
                .relayedIf(elsewhere || route.isProtected());
    }

    private Caller caller(HttpRequest request) throws ApiException, InterruptedException {
        try {
            return accounts.caller(request);
        } catch (ApiException e) {
            pause(latency.get().refusal());
            throw e;
        }
    }

    private void reach(String node) throws ApiException, InterruptedException {
        Optional<NodeState> state = inventory.state(node);
        if (state.isEmpty()) {
            throw ApiException.died("hostname lookup '" + node + "' failed - failed to get address info for: " + node
                    + ": Name or service not known");
        }
        if (!state.get().answers()) {
            pause(state.get().delay());
            throw ApiException.of(state.get().code(), state.get().reason());
        }
    }

    private static void checkVmid(Call call) throws ApiException {
        String vmid = call.variables().getOrDefault("vmid", "100");
        if (!vmid.matches("[1-9][0-9]{2,8}")) {
            throw ApiException.badParameter("vmid", "invalid format - value does not look like a valid VM ID\n");
        }
    }

    private static void checkParameters(Route route, Call call) throws ApiException {
        for (String name : call.request().query().keySet()) {
            if (!route.parameters().contains(name)) {
                throw ApiException.badParameter(
                        name, "property is not defined in schema and the schema does not allow additional properties");
            }
        }
    }

    /** PVE/API2/AccessControl.pm create_ticket; done by pvedaemon, so its 401 has a body. */
    private Answer login(HttpRequest request) throws ApiException, InterruptedException {
        String user = request.form().getOrDefault("username", "");
        Optional<String> ticket = accounts.login(user, request.form().getOrDefault("password", ""));
        if (ticket.isEmpty()) {
            pause(latency.get().refusal());
            return errorWithBody(ApiException.of(401, "authentication failure"));
        }
        Map<String, Object> capabilities = new TreeMap<>();
        for (String area : List.of("access", "dc", "nodes", "sdn", "storage", "vms")) {
            capabilities.put(area, accounts.user(user).flags("/" + area));
        }
        Fields data = Fields.of("ticket", ticket.get())
                .put("username", user)
                .put("CSRFPreventionToken", "66000001:c2ltdWxhdGVk")
                .put("clustername", inventory.name())
                .put("cap", capabilities);
        return Answer.json(200, "OK", json.write(Fields.of("data", data.map()).map()))
                .relayedIf(true);
    }

    private static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
