package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.client.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Decides what an answer of the http sink means: taken, try again later, rejected, or leave the sink alone. */
public final class HttpSinkAnswer implements Processor {

    private static final Set<Integer> REJECTED = Set.of(400, 413, 415, 422, 431);
    private static final Set<Integer> LATER = Set.of(408, 425, 429);
    private static final int SHOWN_CHARS = 200;
    private static final int READ_BYTES = 4 * SHOWN_CHARS;
    private static final Pattern CUT_WORD = Pattern.compile("\\S*$");

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
            byte[] read = body.readNBytes(READ_BYTES);
            String text = new String(read, StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cntrl}+", " ")
                    .strip();
            String shown = read.length == READ_BYTES || text.length() > SHOWN_CHARS ? cut(text) : text;
            return shown.isEmpty() ? "" : ": " + shown;
        }
    }

    /** Without the word that is cut through: it may be a secret, which is recognized only whole. */
    private static String cut(String text) {
        String begin = text.substring(0, Math.min(SHOWN_CHARS, text.length()));
        return CUT_WORD.matcher(begin).replaceFirst("…");
    }

    /** No wait if the time is over; null if the sink says nothing that makes sense. */
    static @Nullable Duration retryAfter(@Nullable String header) {
        return RetryAfter.parse(header)
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .orElse(null);
    }
}
