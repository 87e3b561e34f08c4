package io.github.proxmoxdiscovery.sim;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Serves one connection until one side ends it. */
final class HttpConnection {

    /** pve-http-server, AnyEvent.pm: keep_alive. */
    private static final int REQUESTS = 100;

    private static final int FIRST_REQUEST_MILLIS = 30_000;

    private final Socket tcp;
    private final SSLContext context;
    private final Duration idle;
    private final boolean withoutX25519;

    /**
     * @param idle how long it is kept between two requests
     * @param withoutX25519 whether only other key exchanges are known
     */
    HttpConnection(Socket tcp, SSLContext context, Duration idle, boolean withoutX25519) {
        this.withoutX25519 = withoutX25519;
        this.tcp = tcp;
        this.context = context;
        this.idle = idle;
    }

    void serve(String node, Api api, RequestLog log, Disturbances disturbances)
            throws IOException, InterruptedException {
        try (SSLSocket tls = handshake()) {
            Arrival arrival = new Arrival(node, log.connected());
            RequestReader reader = new RequestReader(new BufferedInputStream(tls.getInputStream()));
            Wire wire = new Wire(tls, tcp);
            boolean kept = true;
            for (int left = REQUESTS - 1; kept; left--) {
                Optional<HttpRequest> request = reader.next();
                kept = request.isPresent()
                        && new Exchange(request.get(), arrival, left > 0, api, log, wire).serve(disturbances);
                tcp.setSoTimeout((int) idle.toMillis());
            }
        }
    }

    private SSLSocket handshake() throws IOException {
        tcp.setTcpNoDelay(true);
        tcp.setSoTimeout(FIRST_REQUEST_MILLIS);
        SSLSocket tls = (SSLSocket) context.getSocketFactory()
                .createSocket(tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort(), true);
        tls.setUseClientMode(false);
        if (withoutX25519) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setAlgorithmConstraints(new WithoutX25519());
            tls.setSSLParameters(parameters);
        }
        tls.startHandshake();
        return tls;
    }
}
