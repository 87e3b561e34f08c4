package io.github.proxmoxdiscovery.client;

import io.github.proxmoxdiscovery.settings.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/**
 * Turns the configured {@link Trust} of a cluster into the TLS strategy of its HTTP client.
 *
 * <p>A pinned fingerprint identifies the certificate itself, so the name in it does not matter; with every other
 * kind of verification the name must match the address, as in a browser.
 */
public final class Tls {

    private Tls() {}

    /**
     * The TLS strategy for this trust.
     *
     * @param presented is told what each server presents
     * @throws IOException when the CA file cannot be read or holds no certificate
     */
    static TlsSocketStrategy strategy(Trust trust, PresentedCertificates presented) throws IOException {
        try {
            return new ResumingTls(trustManagers(trust), hostnameVerifier(trust), presented);
        } catch (GeneralSecurityException e) {
            throw failure(e);
        }
    }

    /**
     * The same for a single connection: it offers a server all there is.
     *
     * @throws IOException when the CA file cannot be read or holds no certificate
     */
    static TlsSocketStrategy once(Trust trust) throws IOException {
        try {
            return new DefaultClientTlsStrategy(context(trustManagers(trust)), hostnameVerifier(trust));
        } catch (GeneralSecurityException e) {
            throw failure(e);
        }
    }

    /**
     * The context of somebody who connects in another way, and does not look at the names in certificates.
     *
     * @param host whose certificate it must be
     * @throws IOException when the CA file cannot be read or holds no certificate
     */
    public static SSLContext context(Trust trust, String host) throws IOException {
        try {
            return context(Arrays.stream(trustManagers(trust))
                    .map(X509TrustManager.class::cast)
                    .map(authorities -> new NamedCertificate(authorities, host))
                    .toArray(TrustManager[]::new));
        } catch (GeneralSecurityException e) {
            throw failure(e);
        }
    }

    /** A context of its own, and with it a session cache. */
    static SSLContext context(TrustManager[] trust) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw failure(e);
        }
    }

    private static IOException failure(GeneralSecurityException cause) {
        return new IOException("TLS cannot be set up: " + cause.getMessage(), cause);
    }

    private static HostnameVerifier hostnameVerifier(Trust trust) {
        boolean nameMatters = trust instanceof Trust.SystemTrust || trust instanceof Trust.CaFile;
        return nameMatters ? new DefaultHostnameVerifier() : NoopHostnameVerifier.INSTANCE;
    }

    private static TrustManager[] trustManagers(Trust trust) throws IOException, GeneralSecurityException {
        if (trust instanceof Trust.Insecure) {
            return new TrustManager[] {new AnyCertificate()};
        }
        if (trust instanceof Trust.Fingerprint pinned) {
            return new TrustManager[] {new PinnedCertificate(pinned.fingerprints())};
        }
        KeyStore authorities = trust instanceof Trust.CaFile file ? authorities(file.path()) : null;
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(authorities);
        return factory.getTrustManagers();
    }

    private static KeyStore authorities(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        if (number == 0) {
            throw new IOException("the CA file " + pem + " holds no certificate");
        }
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path pem)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }
}
