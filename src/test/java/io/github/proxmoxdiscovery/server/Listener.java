package io.github.proxmoxdiscovery.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Listens to the events of a program, on a connection of its own. */
final class Listener implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Socket socket;
    private final BufferedReader lines;

    private Listener(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) PATIENCE.toMillis());
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param last the id of the event that it had last, empty for none */
    static Listener to(int port, String last) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        String resume = last.isEmpty() ? "" : "Last-Event-ID: " + last + "\r\n";
        String request = "GET /api/events HTTP/1.1\r\nHost: localhost\r\n" + resume + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        Listener listener = new Listener(socket);
        assertThat(listener.line()).isEqualTo("HTTP/1.1 200 OK");
        // The first word comes when the listener is one.
        String line = listener.line();
        while (!line.startsWith(":") && !line.startsWith("event:")) {
            line = listener.line();
        }
        if (line.startsWith("event:")) {
            assertThat(line).isEqualTo("event: reset");
        }
        return listener;
    }

    private String line() throws IOException {
        String line = lines.readLine();
        return line == null ? "(end)" : line;
    }

    /** The fields of the next event. */
    Map<String, String> next() throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line = line(); fields.isEmpty() || !line.isEmpty(); line = line()) {
            if (line.equals("(end)")) {
                return Map.of("end", "");
            }
            if (line.matches("(id|event|data): .*")) {
                fields.put(line.replaceFirst(":.*", ""), line.replaceFirst("\\w+: ", ""));
            }
        }
        return fields;
    }

    static JsonNode data(Map<String, String> event) throws IOException {
        return JSON.readTree(event.get("data"));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
