package io.github.proxmoxdiscovery.sim;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The authority of a cluster, which issues the certificates of its nodes, as {@code pvecm updatecerts} does. */
public final class CertificateAuthority {

    private static final String ALIAS = "ca";

    private static final Map<String, CertificateAuthority> BY_NAME = new ConcurrentHashMap<>();

    private final KeyStore keys;

    private CertificateAuthority(String name) {
        keys = Keytool.genkeypair(
                Optional.empty(),
                List.of(
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "3650",
                        "-ext",
                        "bc:c",
                        "-dname",
                        "CN=Proxmox Virtual Environment,OU=" + name + ",O=PVE Cluster Manager CA"));
    }

    /**
     * The one of this name, made when it is first asked for.
     *
     * @param name the unit in its distinguished name; a UUID in a real cluster
     */
    public static CertificateAuthority named(String name) {
        return BY_NAME.computeIfAbsent(name, CertificateAuthority::new);
    }

    /** As {@code /etc/pve/pve-root-ca.pem}. */
    public String pem() {
        try {
            return Keytool.pem(keys.getCertificate(ALIAS));
        } catch (KeyStoreException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a new key and its certificate, which it signs. */
    KeyStore issue(List<String> options) {
        List<String> signed = new ArrayList<>(List.of("-signer", ALIAS));
        signed.addAll(options);
        return Keytool.genkeypair(Optional.of(keys), signed);
    }
}
