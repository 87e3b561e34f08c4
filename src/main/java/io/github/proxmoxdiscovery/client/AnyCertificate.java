package io.github.proxmoxdiscovery.client;

import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;

/** Trusts every server: only for {@code insecure=true}, which warns at each start. */
final class AnyCertificate implements X509TrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // Nothing is verified: that is what insecure=true asks for.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        // Never called for a client.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
