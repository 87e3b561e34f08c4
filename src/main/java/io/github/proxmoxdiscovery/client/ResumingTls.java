package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Gives each thread a TLS session cache of its own. Proxmox closes the connection after each protected or forwarded
 * call, so most requests need a new one, and to resume a session is much cheaper than to begin one. Java keeps one
 * resumption ticket of TLS 1.3 for each server and uses it once: threads that share a cache take it from each other.
 */
final class ResumingTls implements TlsSocketStrategy {

    private final TrustManager[] trust;
    private final HostnameVerifier verifier;
    private final ThreadLocal<TlsSocketStrategy> ofThread = new ThreadLocal<>();

    ResumingTls(TrustManager[] trust, HostnameVerifier verifier) {
        this.trust = trust.clone();
        this.verifier = verifier;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        TlsSocketStrategy strategy = ofThread.get();
        if (strategy == null) {
            strategy = new DefaultClientTlsStrategy(newContext(), verifier);
            ofThread.set(strategy);
        }
        return strategy.upgrade(socket, target, port, attachment, context);
    }

    private SSLContext newContext() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }
}
