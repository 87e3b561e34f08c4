package io.github.proxmoxdiscovery.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Decides what an answer of the http sink means: taken, try again later, rejected, or leave the sink alone. */
public final class HttpSinkAnswer implements Processor {

    private static final Set<Integer> REJECTED = Set.of(400, 413, 415, 422);
    private static final Set<Integer> LATER = Set.of(408, 425, 429);
    private static final int SHOWN_CHARS = 200;

    @Override
    public void process(Exchange exchange) throws Exception {
        Message answer = exchange.getMessage();
        int status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        InputStream body = answer.getBody(InputStream.class);
        // Whatever happens, nobody must find the closed stream: Camel would try to read it again.
        answer.setBody(null);
        if (status >= 200 && status < 300) {
            discard(body);
            answer.removeHeaders("*");
            return;
        }
        Duration wait = retryAfter(answer.getHeader("Retry-After", String.class));
        String told = status + " " + answer.getHeader(Exchange.HTTP_RESPONSE_TEXT, "", String.class) + text(body);
        if (status >= 500 || LATER.contains(status)) {
            throw new SinkUnreachableException(told, wait);
        }
        if (!REJECTED.contains(status)) {
            throw new SinkPausedException(told);
        }
        Rejection.of(exchange, told);
    }

    /** Closing alone would read the rest however long it is; reading ends at the limits of the HTTP client. */
    private static void discard(@Nullable InputStream body) {
        if (body == null) {
            return;
        }
        try (body) {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The status has said that the hosts are taken: however the rest ends, they are not sent again.
        }
    }

    private static String text(@Nullable InputStream body) throws IOException {
        if (body == null) {
            return "";
        }
        try (body) {
            String text = new String(body.readNBytes(4 * SHOWN_CHARS), StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cntrl}+", " ")
                    .strip();
            return text.isEmpty() ? "" : ": " + text.substring(0, Math.min(SHOWN_CHARS, text.length()));
        }
    }

    /** Seconds or an HTTP date (RFC 9110); what is neither says nothing. */
    static @Nullable Duration retryAfter(@Nullable String header) {
        if (header == null) {
            return null;
        }
        if (header.strip().matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(header.strip()));
        }
        try {
            Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.strip()));
            Duration wait = Duration.between(Instant.now(), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
