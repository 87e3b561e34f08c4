package io.github.proxmoxdiscovery.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.X509TrustManager;

/** Trusts a server only if the SHA-256 fingerprint of its own certificate is one of the configured ones. */
final class PinnedCertificate implements X509TrustManager {

    private final Set<String> fingerprints;

    /** @param fingerprints SHA-256, upper case hex pairs joined by colons, as the Proxmox GUI shows them */
    PinnedCertificate(Collection<String> fingerprints) {
        this.fingerprints = Set.copyOf(fingerprints);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        String presented = fingerprint(chain[0]);
        if (!fingerprints.contains(presented)) {
            throw new CertificateException(
                    "the server's certificate has the fingerprint " + presented + ", which is not the configured one");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this trust is for servers only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new CertificateException("SHA-256 is not available", e);
        }
    }
}
