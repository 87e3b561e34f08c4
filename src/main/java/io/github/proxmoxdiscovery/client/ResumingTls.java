package io.github.proxmoxdiscovery.client;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Gives each thread a TLS session cache of its own. Proxmox closes the connection after each protected or forwarded
 * call, so most requests need a new one, and to resume a session is much cheaper than to begin one. Java keeps one
 * resumption ticket of TLS 1.3 for each server and uses it once: threads that share a cache take it from each other.
 *
 * <p>A handshake offers the quickest key exchange only, until a server does not know it.
 */
final class ResumingTls implements TlsSocketStrategy {

    /** Of one thread: it asks few servers, and each handshake adds one that no other replaces. */
    private static final int SESSIONS = 8;

    private final TrustManager[] trust;
    private final HostnameVerifier verifier;
    private final PresentedCertificates presented;
    private final ThreadLocal<Strategies> ofThread = new ThreadLocal<>();
    private final Set<String> slowServers = ConcurrentHashMap.newKeySet();

    ResumingTls(TrustManager[] trust, HostnameVerifier verifier, PresentedCertificates presented) {
        this.trust = trust.clone();
        this.verifier = verifier;
        this.presented = presented;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        SSLSocket upgraded = handshake(socket, target, port, attachment, context);
        presented.add(target, port, upgraded.getSession());
        return upgraded;
    }

    private SSLSocket handshake(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        String server = target + ":" + port;
        boolean quick = !slowServers.contains(server);
        try {
            Strategies own = strategies();
            return (quick ? own.quick : own.usual).upgrade(socket, target, port, attachment, context);
        } catch (SSLException e) {
            if (quick && isAboutMoreThanTrust(e) && slowServers.add(server)) {
                throw new KeyExchangeRefusedException(e);
            }
            throw e;
        }
    }

    private Strategies strategies() throws IOException {
        Strategies own = ofThread.get();
        if (own == null) {
            SSLContext context = Tls.context(trust);
            context.getClientSessionContext().setSessionCacheSize(SESSIONS);
            own = new Strategies(new Quick(context, verifier), new DefaultClientTlsStrategy(context, verifier));
            ofThread.set(own);
        }
        return own;
    }

    /** A certificate that is not trusted is none the more with another key exchange; its algorithm may be allowed then. */
    private static boolean isAboutMoreThanTrust(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException path) {
                return path.getReason() == BasicReason.ALGORITHM_CONSTRAINED;
            }
        }
        return !hasCause(failure, CertificateException.class);
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Those of one thread: one context has one session cache. */
    private record Strategies(TlsSocketStrategy quick, TlsSocketStrategy usual) {}

    private static final class Quick extends DefaultClientTlsStrategy {

        private Quick(SSLContext context, HostnameVerifier verifier) {
            super(context, verifier);
        }

        @Override
        protected void initializeSocket(SSLSocket socket) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setAlgorithmConstraints(new QuickKeyExchange());
            socket.setSSLParameters(parameters);
        }
    }
}
