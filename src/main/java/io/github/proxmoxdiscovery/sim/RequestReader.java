package io.github.proxmoxdiscovery.sim;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the requests of one connection. */
final class RequestReader {

    /** pve-http-server, AnyEvent.pm: all header lines together. */
    private static final int HEADER_LIMIT = 8 * 1024;

    private final InputStream in;
    private int headerBytes;

    RequestReader(InputStream in) {
        this.in = in;
    }

    /** Empty when the client closed the connection between two requests. */
    Optional<HttpRequest> next() throws IOException {
        headerBytes = 0;
        String first = line();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = first.split(" ", 3);
        if (parts.length != 3) {
            throw new IOException("not a request line: " + first);
        }
        Map<String, String> headers = headers();
        return Optional.of(new HttpRequest(parts[0], parts[1], parts[2], headers, body(headers)));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, Math.max(colon, 0)),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the request broke off");
        }
        return body;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n' && next >= 0; next = in.read()) {
            line.append((char) next);
            if (++headerBytes > HEADER_LIMIT) {
                throw new IOException("header too large");
            }
        }
        String text = new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
