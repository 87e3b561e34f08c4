package io.github.proxmoxdiscovery.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** Something that goes wrong with a request, instead of or on top of its true answer. */
public final class Fault {

    /** How a request ends. */
    @FunctionalInterface
    interface Delivery {
        void deliver(Exchange exchange) throws IOException, InterruptedException;
    }

    private static final int CHUNK = 64 * 1024;

    private final Delivery delivery;

    private Fault(Delivery delivery) {
        this.delivery = delivery;
    }

    static Fault of(Delivery delivery) {
        return new Fault(delivery);
    }

    /** No fault: shields matching requests from faults that were set before. */
    public static Fault none() {
        return new Fault(exchange -> exchange.send(exchange.answer()));
    }

    /** An error as Proxmox words it; 401 and 595 to 599 without a body. */
    public static Fault status(int code, String reason) {
        return new Fault(exchange -> exchange.send(exchange.error(code, reason)));
    }

    /** An error with headers that Proxmox would not send, as a reverse proxy's {@code Retry-After}. */
    public static Fault status(int code, String reason, Map<String, String> headers) {
        return new Fault(exchange -> exchange.send(exchange.error(code, reason).with(headers)));
    }

    /** A reverse proxy's word that nobody is there, and when to ask again. */
    public static Fault unavailable(Duration retryAfter) {
        return status(503, "Service Unavailable", Map.of("Retry-After", String.valueOf(retryAfter.toSeconds())));
    }

    /** A reverse proxy that sends its clients elsewhere. */
    public static Fault redirect(String location) {
        return new Fault(
                exchange -> exchange.send(Answer.of(301, "Moved Permanently", "text/html", "<html>moved</html>")
                        .with(Map.of("Location", location))));
    }

    /** A reverse proxy that answers everything with its login page. */
    public static Fault loginPage() {
        return body("text/html;charset=UTF-8", "<!DOCTYPE html><html><body>Please log in.</body></html>");
    }

    /** The true answer, after this has been done. */
    public static Fault changedBefore(Runnable change) {
        return new Fault(exchange -> {
            change.run();
            exchange.send(exchange.answer());
        });
    }

    /** The true answer, and this done before it is sent: the client learns what was true a moment ago. */
    public static Fault changedAfter(Runnable change) {
        return new Fault(exchange -> {
            Answer answer = exchange.answer();
            change.run();
            exchange.send(answer);
        });
    }

    /** Status 200 with this body, whatever it is. */
    public static Fault body(String contentType, String body) {
        return answer(200, "OK", contentType, body);
    }

    /** Status 200 with this text as JSON. */
    public static Fault json(String body) {
        return body(Answer.JSON, body);
    }

    public static Fault answer(int code, String reason, String contentType, String body) {
        return new Fault(exchange -> exchange.send(Answer.of(code, reason, contentType, body)));
    }

    /** The true answer, cut off after this many bytes of its body; Content-Length had promised all. */
    public static Fault cut(int bodyBytes) {
        return new Fault(exchange -> {
            AnswerBytes bytes = exchange.bytes(exchange.answer());
            exchange.write(bytes.head());
            exchange.write(Arrays.copyOf(bytes.body(), Math.min(bodyBytes, bytes.body().length)));
        });
    }

    /** The true answer, its body one byte at a time. */
    public static Fault drip(Duration everyByte) {
        return new Fault(exchange -> {
            AnswerBytes bytes = exchange.bytes(exchange.answer());
            exchange.write(bytes.head());
            for (byte next : bytes.body()) {
                exchange.pause(everyByte);
                exchange.write(new byte[] {next});
            }
        });
    }

    /** The true answer, later. */
    public static Fault delay(Duration time) {
        return delay(time, none());
    }

    /** Another fault, later. */
    public static Fault delay(Duration time, Fault then) {
        return new Fault(exchange -> {
            exchange.pause(time);
            then.deliver(exchange);
        });
    }

    /**
     * Takes the request and says nothing until one side closes the connection. The request is no longer counted as in
     * flight, as nobody can tell at which moment its client gave it up.
     */
    public static Fault hang() {
        return new Fault(Exchange::hang);
    }

    /** TCP reset instead of an answer. */
    public static Fault reset() {
        return new Fault(Exchange::reset);
    }

    /** A valid JSON body of this many bytes, its length announced or not. */
    public static Fault huge(long bytes, boolean announced) {
        String length = announced ? "Content-Length: " + bytes + "\r\n" : "";
        String head = "HTTP/1.1 200 OK\r\nConnection: close\r\n" + length + "Content-Type: " + Answer.JSON + "\r\n\r\n";
        return new Fault(exchange -> {
            exchange.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] start = "{\"data\":\"".getBytes(StandardCharsets.US_ASCII);
            byte[] end = "\"}".getBytes(StandardCharsets.US_ASCII);
            exchange.write(start);
            filler(exchange, bytes - start.length - end.length);
            exchange.write(end);
        });
    }

    /** Exactly these bytes, as a recorded answer; the connection is closed then. */
    public static Fault exactly(byte[] bytes) {
        byte[] copy = bytes.clone();
        return new Fault(exchange -> exchange.write(copy));
    }

    void deliver(Exchange exchange) throws IOException, InterruptedException {
        delivery.deliver(exchange);
    }

    /** Of the true answer, empty where it has none. */
    static byte[] trueBody(Exchange exchange) throws InterruptedException {
        byte[] body = exchange.answer().body();
        return body == null ? new byte[0] : body;
    }

    private static void filler(Exchange exchange, long bytes) throws IOException {
        byte[] chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) 'x');
        for (long left = bytes; left > 0; left -= CHUNK) {
            exchange.write(left >= CHUNK ? chunk : Arrays.copyOf(chunk, (int) left));
        }
    }
}
