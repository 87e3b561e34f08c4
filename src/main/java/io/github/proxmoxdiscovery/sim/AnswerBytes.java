package io.github.proxmoxdiscovery.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An answer on the wire. Headers stand in the order of HTTP::Headers: general, response, entity.
 *
 * @param head status line and headers, with the empty line
 */
record AnswerBytes(byte[] head, byte[] body) {

    /** pve-http-server, AnyEvent.pm: only longer bodies are compressed. */
    private static final int COMPRESSED_ABOVE = 1024;

    static AnswerBytes of(Answer answer, boolean keepAlive, String acceptEncoding) {
        byte[] body = answer.body();
        String encoding = body == null || body.length <= COMPRESSED_ABOVE ? "" : encoding(acceptEncoding);
        StringBuilder head = new StringBuilder(256);
        line(head, "HTTP/1.1 " + answer.status() + " " + answer.reason());
        line(head, "Cache-Control: max-age=0");
        if (answer.relayed() && !answer.isError()) {
            line(head, "Connection: close");
        }
        line(head, "Connection: " + (keepAlive && !answer.isError() ? "Keep-Alive" : "close"));
        line(head, "Pragma: no-cache");
        answer.extraHeaders().forEach((name, value) -> line(head, name + ": " + value));
        line(head, "Server: pve-api-daemon/3.0");
        byte[] sent = body == null ? new byte[0] : compressed(body, encoding);
        if (body != null) {
            entityHeaders(head, encoding, sent.length, answer.contentType());
        }
        line(head, "");
        return new AnswerBytes(head.toString().getBytes(StandardCharsets.UTF_8), sent);
    }

    /** Head and body in one piece. */
    byte[] all() {
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length + body.length);
        all.writeBytes(head);
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static void entityHeaders(StringBuilder head, String encoding, int length, String contentType) {
        if (!encoding.isEmpty()) {
            line(head, "Content-Encoding: " + encoding);
        }
        line(head, "Content-Length: " + length);
        line(head, "Content-Type: " + contentType);
    }

    private static void line(StringBuilder head, String text) {
        head.append(text).append("\r\n");
    }

    private static String encoding(String accepted) {
        if (accepted.contains("gzip")) {
            return "gzip";
        }
        return accepted.contains("deflate") ? "deflate" : "";
    }

    private static byte[] compressed(byte[] body, String encoding) {
        if (encoding.isEmpty()) {
            return body;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                encoding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
