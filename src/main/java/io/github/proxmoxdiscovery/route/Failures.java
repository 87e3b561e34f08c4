package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.proxmoxdiscovery.client.DeadlineExceededException;
import io.github.proxmoxdiscovery.client.LoginRefusedException;
import io.github.proxmoxdiscovery.client.ReplyTooLargeException;
import io.github.proxmoxdiscovery.client.RunOverException;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.PveFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Gives every exception that a request can end with a word of the closed list. */
final class Failures {

    /** The first class of this order that an exception is an instance of decides. */
    private static final Map<Class<? extends Throwable>, Reason> REASONS = new LinkedHashMap<>();

    static {
        REASONS.put(LoginRefusedException.class, Reason.LOGIN_FAILED);
        REASONS.put(RunOverException.class, Reason.DEADLINE);
        REASONS.put(DeadlineExceededException.class, Reason.TIMEOUT);
        REASONS.put(ReplyTooLargeException.class, Reason.TOO_LARGE);
        REASONS.put(SSLException.class, Reason.TLS_FAILED);
        REASONS.put(ConnectTimeoutException.class, Reason.UNREACHABLE);
        REASONS.put(ConnectException.class, Reason.UNREACHABLE);
        REASONS.put(NoRouteToHostException.class, Reason.UNREACHABLE);
        REASONS.put(UnknownHostException.class, Reason.UNREACHABLE);
        REASONS.put(SocketTimeoutException.class, Reason.TIMEOUT);
        REASONS.put(JsonProcessingException.class, Reason.BAD_REPLY);
        REASONS.put(ConnectionClosedException.class, Reason.BAD_REPLY);
        REASONS.put(NoHttpResponseException.class, Reason.BAD_REPLY);
        REASONS.put(HttpException.class, Reason.BAD_REPLY);
        REASONS.put(SocketException.class, Reason.UNREACHABLE);
        REASONS.put(IOException.class, Reason.BAD_REPLY);
    }

    private Failures() {}

    /** The same failure as Proxmox would have told it. */
    static PveFailure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PveException told) {
                return told.failure();
            }
            Reason reason = reason(cause);
            if (reason != null) {
                return new PveFailure(reason, 0, "", message(cause));
            }
        }
        return new PveFailure(Reason.BAD_REPLY, 0, "", "could not be handled: " + message(thrown));
    }

    private static @org.jspecify.annotations.Nullable Reason reason(Throwable thrown) {
        return REASONS.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(thrown))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static String message(Throwable thrown) {
        String text = thrown.getMessage();
        return text == null || text.isBlank() ? thrown.getClass().getSimpleName() : text;
    }
}
