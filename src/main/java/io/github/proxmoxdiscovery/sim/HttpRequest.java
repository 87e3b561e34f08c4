package io.github.proxmoxdiscovery.sim;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request as it came in.
 *
 * @param target path and query, as sent
 * @param headers names in any case
 */
record HttpRequest(String method, String target, String version, Map<String, String> headers, byte[] body) {

    String path() {
        int mark = target.indexOf('?');
        return unescaped(mark < 0 ? target : target.substring(0, mark));
    }

    Map<String, String> query() {
        int mark = target.indexOf('?');
        return mark < 0 ? Map.of() : parameters(target.substring(mark + 1));
    }

    Map<String, String> form() {
        return parameters(new String(body, StandardCharsets.UTF_8));
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean wantsKeepAlive() {
        String connection = header("Connection");
        return version.equals("HTTP/1.1")
                ? !connection.equalsIgnoreCase("close")
                : connection.equalsIgnoreCase("keep-alive");
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                parameters.put(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** As Perl's uri_unescape: a plus stays one. */
    static String unescaped(String text) {
        return decode(text.replace("+", "%2B"));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
