package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.proxmoxdiscovery.export.ChunkStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The answer to one HTTP request, in the message of its exchange. */
final class Answer {

    static final String JSON = "application/json";

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int NOT_MODIFIED = 304;
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER_SECONDS = "10";
    private static final String REQUEST = "discovery.request";

    private final Exchange exchange;
    private final Map<String, Object> request;

    private Answer(Exchange exchange, Map<String, Object> request) {
        this.exchange = exchange;
        this.request = request;
    }

    /** Takes the headers of the request away: with the answer they would go back, the password among them. */
    @SuppressWarnings("unchecked")
    static Answer to(Exchange exchange) {
        Map<String, Object> request = exchange.getProperty(REQUEST, Map.class);
        if (request == null) {
            request = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            request.putAll(exchange.getMessage().getHeaders());
            exchange.setProperty(REQUEST, request);
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setBody(null);
        }
        return new Answer(exchange, request);
    }

    /** A header of the request, null if there is none. */
    @Nullable
    String header(String name) {
        Object value = request.get(name);
        return value == null ? null : value.toString();
    }

    /** What stands behind the question mark, null if nothing does. */
    @Nullable
    String query() {
        return header(Exchange.HTTP_RAW_QUERY);
    }

    /**
     * Says which state the answer is of.
     *
     * @return whether the client has the answer already: then nothing else is to be done
     */
    boolean isKnown(String tag) {
        Message message = exchange.getMessage();
        message.setHeader("ETag", tag);
        message.setHeader("Vary", "Accept-Encoding");
        String known = header("If-None-Match");
        boolean same = known != null
                && Arrays.stream(known.split(","))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || plain(one).equals(plain(tag)));
        if (same) {
            end(NOT_MODIFIED);
        }
        return same;
    }

    private static String plain(String tag) {
        return tag.replaceFirst("^W/", "");
    }

    void json(JsonNode json) {
        jsonText(json.toString());
    }

    /** @param text JSON */
    void jsonText(String text) {
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, JSON);
        exchange.getMessage().setBody(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer that is made while it is sent. */
    void stream(String contentType, Iterator<String> chunks) throws IOException {
        Message message = exchange.getMessage();
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        boolean gzip = takesGzip();
        if (gzip) {
            message.setHeader(Exchange.CONTENT_ENCODING, "gzip");
        }
        // Camel takes an answer without a body for one that has none.
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, OK);
        boolean head = "HEAD".equals(header(Exchange.HTTP_METHOD));
        message.setBody(head ? null : new ChunkStream(chunks, gzip));
    }

    private boolean takesGzip() {
        String accepted = header("Accept-Encoding");
        return accepted != null
                && Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(","))
                        .map(String::strip)
                        .anyMatch(coding -> coding.matches("gzip(\\s*;\\s*q=(1(\\.0*)?|0\\.0*[1-9]\\d*))?"));
    }

    void badRequest(String why) {
        refuse(BAD_REQUEST, why);
    }

    void notFound(String why) {
        refuse(NOT_FOUND, why);
    }

    void unavailable(String why) {
        refuse(UNAVAILABLE, why);
        exchange.getMessage().setHeader("Retry-After", RETRY_AFTER_SECONDS);
    }

    void refuse(int status, String why) {
        exchange.getMessage().removeHeaders("*");
        json(JsonNodeFactory.instance.objectNode().put("error", why));
        end(status);
    }

    /** The steps that are left of the route would have nothing to do. */
    private void end(int status) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.setRouteStop(true);
    }
}
