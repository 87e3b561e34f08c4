package io.github.proxmoxdiscovery.sim;

import java.io.IOException;
import java.time.Duration;

/** One request and the ways to answer it. */
final class Exchange {

    private final HttpRequest request;
    private final Arrival arrival;
    private final boolean mayKeepAlive;
    private final Api api;
    private final RequestLog log;
    private final Wire wire;
    private final long number;
    private int status;
    private boolean keptAlive;

    /** @param mayKeepAlive whether the connection has requests left */
    Exchange(HttpRequest request, Arrival arrival, boolean mayKeepAlive, Api api, RequestLog log, Wire wire) {
        this.request = request;
        this.arrival = arrival;
        this.mayKeepAlive = mayKeepAlive;
        this.api = api;
        this.log = log;
        this.wire = wire;
        this.number = log.begin(request, arrival);
    }

    /** Through the gates, then the fault that meets the request, else its true answer. */
    boolean serve(Disturbances disturbances) throws IOException, InterruptedException {
        try {
            disturbances.pass(request.target());
            disturbances.faultFor(request.target()).deliver(this);
            return keptAlive;
        } finally {
            log.end(number, status);
        }
    }

    String target() {
        return request.target();
    }

    Answer answer() throws InterruptedException {
        return api.answer(request, arrival.node());
    }

    Answer error(int code, String reason) {
        return api.error(ApiException.of(code, reason));
    }

    AnswerBytes bytes(Answer answer) {
        status = answer.status();
        return AnswerBytes.of(answer, mayKeepAlive && request.wantsKeepAlive(), request.header("Accept-Encoding"));
    }

    void send(Answer answer) throws IOException {
        write(bytes(answer).all());
        keptAlive = mayKeepAlive && request.wantsKeepAlive() && !answer.isError() && !answer.relayed();
    }

    void write(byte[] bytes) throws IOException {
        log.end(number, status);
        wire.write(bytes);
    }

    void reset() throws IOException {
        log.end(number, 0);
        wire.reset();
    }

    void hang() throws IOException {
        log.end(number, 0);
        wire.awaitClose();
    }

    void pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
