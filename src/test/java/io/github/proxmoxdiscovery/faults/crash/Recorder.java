package io.github.proxmoxdiscovery.faults.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server that keeps every event before it answers, and does not always answer well. */
public final class Recorder implements AutoCloseable {

    /** @param retryAfter seconds, 0 for none */
    public record Answer(int status, int retryAfter) {

        public static final Answer TAKEN = new Answer(204, 0);
        /** The connection breaks before anything is said. */
        public static final Answer CUT = new Answer(0, 0);
    }

    /** How it answers. */
    public interface Manner {
        /** @param number of the request, from 1 on */
        Answer answer(int number, String body) throws InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Random random;
    private final List<Told> stream = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile Manner manner;
    private volatile Hold hold = new Hold(0);

    private Recorder(HttpServer server, Random random) {
        this.server = server;
        this.random = random;
        this.manner = (number, body) -> moody();
    }

    public static Recorder start(long seed) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Recorder recorder = new Recorder(server, new Random(seed));
        server.createContext("/", recorder::serve);
        server.setExecutor(recorder.threads);
        server.start();
        return recorder;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
    }

    /** From now on everything is answered as it should be. */
    public void calm() {
        manner((number, body) -> Answer.TAKEN);
    }

    /** From now on it is answered so. What is not taken with 2xx is kept all the same. */
    public void manner(Manner other) {
        manner = other;
    }

    /** One of the requests from now on is read, and not answered before it is released. */
    void hold(Hold next) {
        hold = next;
    }

    private synchronized Answer moody() {
        int mood = random.nextInt(100);
        if (mood < 5) {
            return Answer.CUT;
        }
        return mood < 9 ? new Answer(429, 1) : mood < 13 ? new Answer(500, 0) : Answer.TAKEN;
    }

    /** How many requests were read so far. */
    public int requests() {
        return requests.get();
    }

    /** Whether it has not yet answered something. */
    public boolean isBusy() {
        return busy.get() > 0;
    }

    public synchronized List<Told> stream() {
        return List.copyOf(stream);
    }

    private void serve(HttpExchange exchange) throws IOException {
        busy.incrementAndGet();
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            keep(exchange, body);
            requests.incrementAndGet();
            hold.pass();
            Answer answer = manner.answer(requests.get(), body);
            if (answer.status() == Answer.CUT.status()) {
                return;
            }
            if (answer.retryAfter() > 0) {
                exchange.getResponseHeaders().add("Retry-After", String.valueOf(answer.retryAfter()));
            }
            exchange.sendResponseHeaders(answer.status(), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy.decrementAndGet();
        }
    }

    private synchronized void keep(HttpExchange exchange, String body) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null && type.startsWith("application/cloudevents-batch+json")) {
            stream.addAll(Told.batch(Instant.now(), body));
            return;
        }
        Map<String, String> attributes = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.matches("ce[-_].*")) {
                attributes.put(lower.substring(3), URLDecoder.decode(values.get(0), StandardCharsets.UTF_8));
            }
        });
        stream.add(Told.binary(Instant.now(), attributes, body.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
