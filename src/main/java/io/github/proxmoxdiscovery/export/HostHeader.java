package io.github.proxmoxdiscovery.export;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name by which a client reached this server. A page of a stranger can have its own name resolved to 127.0.0.1, and
 * so read what a browser on this machine may read; an address or localhost cannot be made a stranger's.
 */
public final class HostHeader {

    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:]+)(?::\\d{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d{1,3}(\\.\\d{1,3}){3}");

    private HostHeader() {}

    /** @param own the name or address that the server was told to listen at */
    public static boolean isOurs(@Nullable String header, String own) {
        if (header == null) {
            // HTTP/1.0, which no browser speaks.
            return true;
        }
        Matcher host = HOST.matcher(header);
        if (!host.matches()) {
            return false;
        }
        String name = host.group(1);
        return ADDRESS.matcher(name).matches() || "localhost".equalsIgnoreCase(name) || own.equalsIgnoreCase(name);
    }
}
