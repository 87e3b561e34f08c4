package io.github.proxmoxdiscovery.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** One TLS connection on which bytes are sent and received as they are. */
final class RawClient implements AutoCloseable {

    /**
     * An answer as it came.
     *
     * @param complete whether the body had the announced length, or there was no body
     */
    record Reply(String statusLine, List<String> headers, byte[] bytes, boolean complete) {

        List<String> headerNames() {
            return headers.stream().map(header -> header.split(":")[0]).toList();
        }

        List<String> header(String name) {
            return headers.stream()
                    .filter(header -> header.startsWith(name + ": "))
                    .map(header -> header.substring(name.length() + 2))
                    .toList();
        }

        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        int status() {
            return Integer.parseInt(statusLine.split(" ")[1]);
        }
    }

    private static final int TIMEOUT_MILLIS = 20_000;

    private final SSLSocket socket;

    RawClient(String url) throws IOException {
        URI address = URI.create(url);
        socket = (SSLSocket) trusting().getSocketFactory().createSocket(address.getHost(), address.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.startHandshake();
    }

    /** Sends one GET on a connection of its own. */
    static Reply get(SimulatedCluster cluster, String path, String... headers) throws IOException {
        try (RawClient client = new RawClient(cluster.url())) {
            return client.get(path, headers);
        }
    }

    Reply get(String path, String... headers) throws IOException {
        send("GET", path, "", headers);
        return receive();
    }

    Reply post(String path, String form) throws IOException {
        send("POST", path, form, "Content-Type: application/x-www-form-urlencoded", "Content-Length: " + form.length());
        return receive();
    }

    void send(String method, String path, String body, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " /api2/json" + path + " HTTP/1.1\r\nHost: simulated\r\n");
        Arrays.stream(headers).forEach(header -> request.append(header).append("\r\n"));
        request.append("\r\n").append(body);
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    Reply receive() throws IOException {
        InputStream in = socket.getInputStream();
        String statusLine = line(in);
        List<String> headers = new ArrayList<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            headers.add(header);
        }
        int length = headers.stream()
                .filter(header -> header.startsWith("Content-Length: "))
                .mapToInt(header -> Integer.parseInt(header.substring(16)))
                .findFirst()
                .orElse(0);
        byte[] bytes = in.readNBytes(length);
        return new Reply(statusLine, headers, bytes, bytes.length == length);
    }

    /** All that comes until the other side ends the connection. */
    String receiveAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Whether the other side ends the connection instead of waiting for the next request. */
    boolean isClosedByServer() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    X509Certificate certificate() throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("closed after: " + bytes);
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    private static SSLContext trusting() {
        X509TrustManager anyone = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {anyone}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
