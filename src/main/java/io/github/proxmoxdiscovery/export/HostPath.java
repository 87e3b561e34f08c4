package io.github.proxmoxdiscovery.export;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The id of a host at the end of a path: its slashes as they are, or as {@code %2F}. */
public final class HostPath {

    private static final String BEFORE = "/api/hosts/";

    private HostPath() {}

    /** @param uri path and query as they were sent */
    public static String id(String uri) {
        String path = uri.replaceFirst("[?#].*", "");
        int at = path.indexOf(BEFORE);
        // A plus is one, other than in a query.
        String id = at < 0 ? "" : path.substring(at + BEFORE.length()).replace("+", "%2B");
        try {
            return URLDecoder.decode(id, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return id;
        }
    }
}
