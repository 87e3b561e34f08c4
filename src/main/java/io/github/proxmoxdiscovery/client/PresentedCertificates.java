package io.github.proxmoxdiscovery.client;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The certificates of each server, as it presented them for the session of its last connection. */
final class PresentedCertificates {

    private static final int HTTPS = 443;

    private final Map<String, List<X509Certificate>> byServer = new ConcurrentHashMap<>();

    /** A resumed session has those of the handshake that began it. */
    void add(String host, int port, SSLSession session) throws SSLPeerUnverifiedException {
        List<X509Certificate> chain = Arrays.stream(session.getPeerCertificates())
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
        byServer.put(key(host, port), chain);
    }

    /** Its own first; empty if there was no connection yet, or one without TLS. */
    List<X509Certificate> of(URI address) {
        return byServer.getOrDefault(key(address.getHost(), address.getPort()), List.of());
    }

    private static String key(String host, int port) {
        String plain = host.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
        return plain + " " + (port < 0 ? HTTPS : port);
    }
}
