package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.export.EventRing;
import io.github.proxmoxdiscovery.export.EventRing.Entry;
import io.github.proxmoxdiscovery.ledger.Event;
import io.github.proxmoxdiscovery.ledger.Recorded;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients of what is new, different or gone, as soon as it is written down: server-sent events. A Camel route ends
 * with its answer, and this one does not end, so it is a handler beside the routes (docs/decisions/0021).
 */
final class EventStream implements Handler<RoutingContext> {

    static final String PATH = "/api/events";

    private static final int MOST_CLIENTS = 100;
    private static final int MOST_EVENTS = 1000;
    private static final int MOST_CHARS = 4 * 1024 * 1024;
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final int UNAVAILABLE = 503;
    private static final String RESET = "event: reset\ndata: {\"read\":\"/api/hosts\"}\n\n";

    private final EventRing ring = new EventRing(MOST_EVENTS, MOST_CHARS);
    private final Set<EventClient> clients = ConcurrentHashMap.newKeySet();
    private volatile boolean served;
    private boolean over;

    /** From now on somebody may listen; connections are kept alive on which nothing is said. */
    void start(Vertx vertx) {
        served = true;
        vertx.setPeriodic(HEARTBEAT_MILLIS, then -> clients.forEach(client -> client.send(": still here\n\n")));
    }

    /** Tells what a run changed. When there is too much to be told one by one, all is to be read anew. */
    void publish(String cluster, Recorded recorded, String epoch, CamelContext context) {
        if (!served || recorded.changes().isEmpty()) {
            return;
        }
        if (!recorded.allChanges()) {
            tellAll(List.of(), RESET);
            return;
        }
        EventMessages messages = new EventMessages(context, cluster, epoch);
        List<Entry> entries = new ArrayList<>();
        for (Event event : recorded.changes()) {
            Message message = messages.message(event);
            entries.add(new Entry(
                    message.getHeader("ce_id", String.class),
                    CloudEvents.structured(message).toString()));
        }
        tellAll(entries, entries.stream().map(Entry::text).collect(Collectors.joining()));
    }

    private synchronized void tellAll(List<Entry> entries, String text) {
        if (entries.isEmpty()) {
            ring.clear();
        }
        ring.add(entries);
        clients.forEach(client -> client.send(text));
    }

    @Override
    public void handle(RoutingContext request) {
        if (clients.size() >= MOST_CLIENTS) {
            request.response().putHeader("Retry-After", "60");
            ServerGate.refuse(request, UNAVAILABLE, "there are " + MOST_CLIENTS + " listeners already");
            return;
        }
        EventClient client = new EventClient(request);
        client.begin();
        if (request.request().method() == HttpMethod.HEAD) {
            client.end();
            return;
        }
        request.response().closeHandler(closed -> clients.remove(client));
        request.response().exceptionHandler(failed -> clients.remove(client));
        add(client, request.request().getHeader("Last-Event-ID"));
    }

    /** Between what is told at once and what comes then nothing is left out, nor told twice. */
    private synchronized void add(EventClient client, @Nullable String last) {
        if (over) {
            client.end();
            return;
        }
        client.send(last == null ? ": you are told of what changes from now on\n\n" : since(last));
        clients.add(client);
    }

    private String since(String last) {
        return ring.after(last)
                .map(missed -> missed.stream().map(Entry::text).collect(Collectors.joining("", ": go on\n\n", "")))
                .orElse(RESET);
    }

    /** The program ends. */
    synchronized void end() {
        over = true;
        clients.forEach(EventClient::end);
        clients.clear();
    }
}
