package io.github.proxmoxdiscovery.sim;

import java.util.List;

/** Which certificate a cluster shows. All are self-signed. */
public enum CertificateKind {
    /** For the addresses of the cluster, for ten years. */
    VALID(List.of("-validity", "3650"), false),
    /** It ended five days ago. */
    EXPIRED(List.of("-startdate", "-10d", "-validity", "5"), false),
    /** For a name and an address that are not the cluster's. */
    FOR_ANOTHER_HOST(List.of("-validity", "3650"), true),
    /** As good as the valid one, and not the one that was pinned. */
    WITH_ANOTHER_KEY(List.of("-validity", "3650"), false),
    /** Its key is one of an elliptic curve, as that of some public authorities. */
    OF_AN_ELLIPTIC_CURVE(List.of("-validity", "3650"), false);

    private final List<String> time;
    private final boolean elsewhere;

    CertificateKind(List<String> time, boolean elsewhere) {
        this.time = time;
        this.elsewhere = elsewhere;
    }

    /** As keytool takes it. */
    List<String> time() {
        return time;
    }

    /** As keytool takes it: an RSA key as {@code pvecm updatecerts} makes it, but for one kind. */
    List<String> key() {
        return this == OF_AN_ELLIPTIC_CURVE
                ? List.of("-keyalg", "EC", "-groupname", "secp256r1")
                : List.of("-keyalg", "RSA", "-keysize", "2048");
    }

    /** As keytool takes it; for as many addresses from 127.0.0.1 on. */
    String names(int addresses) {
        if (elsewhere) {
            return "SAN=ip:127.9.9.9,dns:elsewhere.example.com";
        }
        StringBuilder names = new StringBuilder("SAN=dns:localhost");
        for (int last = 1; last <= addresses; last++) {
            names.append(",ip:127.0.0.").append(last);
        }
        return names.toString();
    }
}
