package io.github.proxmoxdiscovery.route;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;

/** One client that is told of events as they come. It is written to only on the thread of its connection. */
final class EventClient {

    /** One that does not read so much is left alone, for it would else be kept here. */
    private static final int MOST_PENDING_BYTES = 8 * 1024 * 1024;

    private final HttpServerResponse response;
    private final Context context;
    private int pending;

    EventClient(RoutingContext request) {
        this.response = request.response();
        this.context = request.vertx().getOrCreateContext();
    }

    void begin() {
        response.setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8");
    }

    /** Sends this soon; never waits. */
    void send(String text) {
        context.runOnContext(then -> write(text));
    }

    private void write(String text) {
        if (response.ended() || response.closed()) {
            return;
        }
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (pending + length > MOST_PENDING_BYTES) {
            response.reset();
            return;
        }
        pending += length;
        response.write(text).onComplete(written -> pending -= length);
    }

    void end() {
        context.runOnContext(then -> {
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        });
    }
}
