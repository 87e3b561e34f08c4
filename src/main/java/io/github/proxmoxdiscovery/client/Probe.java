package io.github.proxmoxdiscovery.client;

import io.github.proxmoxdiscovery.settings.Trust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** Looks at an address without asking it anything: whether it is reached, and which certificate it shows. */
public final class Probe {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final ScheduledExecutorService timer;

    public Probe(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** What there is at an address. */
    public sealed interface Seen {

        /** No connection. */
        record Unreachable(String why) implements Seen {}

        /** A connection, and no TLS to be had over it. */
        record NoTls(String why) implements Seen {}

        /** A certificate, which is trusted unless it is said why not. */
        record Shown(X509Certificate certificate, Optional<String> untrusted) implements Seen {

            /** SHA-256, as Proxmox shows it. */
            public String fingerprint() {
                try {
                    return PinnedCertificate.fingerprint(certificate);
                } catch (CertificateException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        /** A connection to an address without TLS. */
        record Plain() implements Seen {}
    }

    /**
     * Connects to an address, and verifies the certificate there as the HTTP client would.
     *
     * @param connect how long a connection may take
     * @param limit how long a connection and its handshake may take
     */
    public Seen look(URI address, Trust trust, Duration connect, Duration limit) {
        Presented presented = new Presented();
        Optional<String> failure = within(limit, socket -> {
            connect(socket, address, connect);
            presented.connected = true;
            if (isTls(address)) {
                handshake(socket, address, presented);
            }
        });
        if (failure.isPresent()) {
            return presented.connected ? new Seen.NoTls(failure.get()) : new Seen.Unreachable(failure.get());
        }
        if (!isTls(address)) {
            return new Seen.Plain();
        }
        X509Certificate certificate = presented.certificate;
        return certificate == null
                ? new Seen.NoTls("the server shows no certificate")
                : new Seen.Shown(certificate, refusal(address, trust, connect, limit));
    }

    private Optional<String> refusal(URI address, Trust trust, Duration connect, Duration limit) {
        return within(limit, socket -> {
            connect(socket, address, connect);
            Tls.once(trust)
                    .upgrade(socket, address.getHost(), port(address), null, HttpCoreContext.create())
                    .close();
        });
    }

    /** Something that is tried with a connection. */
    private interface Attempt {

        void with(Socket socket) throws IOException, GeneralSecurityException;
    }

    /** Why it failed, or empty. A server that drips one byte a second would never let a socket timeout expire. */
    private Optional<String> within(Duration limit, Attempt attempt) {
        AtomicBoolean late = new AtomicBoolean();
        try (Socket socket = new Socket()) {
            ScheduledFuture<?> alarm = closing(socket, limit, late);
            try {
                attempt.with(socket);
                return Optional.empty();
            } finally {
                alarm.cancel(false);
            }
        } catch (IOException | GeneralSecurityException e) {
            return Optional.of(late.get() ? "no answer in " + limit.toMillis() + " ms" : message(e));
        }
    }

    private ScheduledFuture<?> closing(Socket socket, Duration limit, AtomicBoolean late) {
        return timer.schedule(
                () -> {
                    late.set(true);
                    socket.close();
                    return null;
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private static boolean isTls(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    private static void connect(Socket socket, URI address, Duration limit) throws IOException {
        socket.connect(new InetSocketAddress(address.getHost(), port(address)), Math.toIntExact(limit.toMillis()));
    }

    private static void handshake(Socket socket, URI address, Presented presented)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {presented}, null);
        try (SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, address.getHost(), port(address), true)) {
            tls.startHandshake();
        }
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return isTls(address) ? HTTPS : HTTP;
    }

    private static String message(Exception e) {
        if (e instanceof UnknownHostException) {
            return "the name is unknown";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Remembers the certificate that is shown. Nothing is sent over such a connection. */
    private static final class Presented implements X509TrustManager {

        private @Nullable X509Certificate certificate;
        private boolean connected;

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            certificate = chain[0];
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this trust is for servers only");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
