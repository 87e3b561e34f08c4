package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.client.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    /** No wait if the time is over; null if the sink says nothing that makes sense. */
    static @Nullable Duration retryAfter(@Nullable String header) {
        return RetryAfter.parse(header)
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .orElse(null);
    }
}
