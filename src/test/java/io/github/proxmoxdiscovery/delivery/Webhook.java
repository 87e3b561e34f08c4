package io.github.proxmoxdiscovery.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server that remembers what it is sent, and answers as it is told. */
final class Webhook implements AutoCloseable {

    /**
     * What was sent.
     *
     * @param headers the names in lower case
     */
    record Request(String method, String uri, Map<String, String> headers, String body) {

        String header(String name) {
            return headers.get(name);
        }

        /** The id of the host that was sent alone. */
        String id() {
            return Output.json(body).path("id").asText();
        }
    }

    /** What is answered. */
    record Answer(int status, String body, Map<String, String> headers) {

        static Answer of(int status) {
            return new Answer(status, "", Map.of());
        }

        static Answer of(int status, String body) {
            return new Answer(status, body, Map.of());
        }

        Answer with(String header, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(header, value);
            return new Answer(status, body, more);
        }
    }

    /** Decides the answer. */
    interface Behaviour {
        Answer answer(Request request) throws InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private Webhook(HttpServer server) {
        this.server = server;
    }

    static Webhook that(Behaviour behaviour) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Webhook webhook = new Webhook(server);
            server.createContext("/", exchange -> webhook.serve(exchange, behaviour));
            server.setExecutor(webhook.threads);
            server.start();
            return webhook;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Webhook thatTakesAll() {
        return that(request -> Answer.of(204));
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hosts";
    }

    /** In the order in which they came. */
    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The ids of the hosts that were sent alone, in order, one a request. */
    List<String> ids() {
        return requests.stream().map(Request::id).sorted().toList();
    }

    private void serve(HttpExchange exchange, Behaviour behaviour) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request = new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
        requests.add(request);
        try {
            send(exchange, behaviour.answer(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
