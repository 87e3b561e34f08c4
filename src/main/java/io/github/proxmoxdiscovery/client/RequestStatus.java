package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** How a request ended, in a word of a closed list: whatever a server answers, there are no more of them. */
final class RequestStatus {

    static final String BROKEN = "broken";

    /** What Proxmox and the proxies before it answer. */
    private static final Set<Integer> USUAL =
            Set.of(200, 400, 401, 403, 404, 429, 500, 501, 502, 503, 504, 595, 596, 597, 599);

    private static final int CLASS = 100;
    private static final int CLASSES = 5;

    /** The first class of this order that an exception is an instance of decides. */
    private static final Map<Class<? extends IOException>, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(DeadlineExceededException.class, "timeout");
        WORDS.put(RunOverException.class, "run_over");
        WORDS.put(ReplyTooLargeException.class, "too_large");
        WORDS.put(SSLException.class, "tls");
        WORDS.put(ConnectTimeoutException.class, "unreachable");
        WORDS.put(ConnectException.class, "unreachable");
        WORDS.put(NoRouteToHostException.class, "unreachable");
        WORDS.put(UnknownHostException.class, "unreachable");
        WORDS.put(SocketTimeoutException.class, "timeout");
        WORDS.put(InterruptedIOException.class, "stopped");
    }

    private RequestStatus() {}

    static String of(int code) {
        if (USUAL.contains(code)) {
            return String.valueOf(code);
        }
        int hundreds = code / CLASS;
        return hundreds >= 1 && hundreds <= CLASSES ? hundreds + "xx" : "other";
    }

    static String of(IOException failure) {
        return WORDS.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(failure))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(BROKEN);
    }
}
