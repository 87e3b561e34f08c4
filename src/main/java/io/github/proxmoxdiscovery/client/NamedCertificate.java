package io.github.proxmoxdiscovery.client;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;

/** Trusts whom another one trusts, if the certificate is for this host: for a client that does not look at names. */
final class NamedCertificate implements X509TrustManager {

    private final X509TrustManager authorities;
    private final String host;
    private final DefaultHostnameVerifier names = new DefaultHostnameVerifier();

    /** @param host a name or an address, as it was configured */
    NamedCertificate(X509TrustManager authorities, String host) {
        this.authorities = authorities;
        this.host = host;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        authorities.checkServerTrusted(chain, authType);
        try {
            names.verify(host, chain[0]);
        } catch (SSLException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        authorities.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
