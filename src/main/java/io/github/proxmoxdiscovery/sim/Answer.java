package io.github.proxmoxdiscovery.sim;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer, before it becomes bytes.
 *
 * @param body null for none at all, which then goes without Content-Length and Content-Type
 * @param relayed whether another process made the answer (pvedaemon, another node): its headers are copied, and
 *     {@code Connection} appears twice (pve-http-server, AnyEvent.pm proxy_request)
 * @param extraHeaders headers that Proxmox itself would not send
 */
record Answer(
        int status,
        String reason,
        String contentType,
        byte @Nullable [] body,
        boolean relayed,
        Map<String, String> extraHeaders) {

    static final String JSON = "application/json;charset=UTF-8";

    static Answer json(int status, String reason, byte[] body) {
        return new Answer(status, reason, JSON, body, false, Map.of());
    }

    static Answer of(int status, String reason, String contentType, String body) {
        return new Answer(status, reason, contentType, body.getBytes(StandardCharsets.UTF_8), false, Map.of());
    }

    /** As a 401 and the pseudo statuses 595 to 599 come. */
    static Answer empty(int status, String reason) {
        return new Answer(status, reason, "", null, false, Map.of());
    }

    Answer relayedIf(boolean byAnother) {
        return new Answer(status, reason, contentType, body, byAnother, extraHeaders);
    }

    Answer with(Map<String, String> headers) {
        return new Answer(status, reason, contentType, body, relayed, headers);
    }

    boolean isError() {
        return status >= 400;
    }
}
