package io.github.proxmoxdiscovery.sim;

import java.util.Map;

/** What a Perl {@code die} in the API becomes: a status line, and for a bad parameter the errors. */
final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;
    private final transient Map<String, String> errors;

    private ApiException(int status, String reason, Map<String, String> errors) {
        super(status + " " + reason);
        this.status = status;
        this.reason = reason;
        this.errors = errors;
    }

    static ApiException died(String reason) {
        return new ApiException(500, reason, Map.of());
    }

    static ApiException forbidden(String path, String privileges) {
        return new ApiException(403, "Permission check failed (" + path + ", " + privileges + ")", Map.of());
    }

    static ApiException badParameter(String name, String error) {
        return new ApiException(400, "Parameter verification failed.", Map.of(name, error));
    }

    static ApiException notImplemented(String method, String path) {
        return new ApiException(501, "Method '" + method + " " + path + "' not implemented", Map.of());
    }

    static ApiException of(int status, String reason) {
        return new ApiException(status, reason, Map.of());
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    Map<String, String> errors() {
        return errors;
    }
}
