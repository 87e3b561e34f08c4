package io.github.proxmoxdiscovery.sim;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for addresses of this machine and its key, self-signed or of an authority. */
final class ServerCertificate {

    private static final String ALIAS = "pve";
    private static final char[] PASSWORD = Keytool.PASSWORD.toCharArray();

    private static final int OWN_ADDRESSES = 32;

    /** For all clusters of the process, made when the first one needs them. */
    private static final Map<String, ServerCertificate> SHARED = new ConcurrentHashMap<>();

    private final SSLContext context;
    private final Certificate certificate;

    private ServerCertificate(KeyStore keys) {
        try {
            certificate = keys.getCertificate(ALIAS);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(alone(keys.getKey(ALIAS, PASSWORD), certificate), PASSWORD);
            context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no certificate for the simulated cluster", e);
        }
    }

    /** Proxmox does not show the certificate of its authority (pve-ssl.pem). */
    private static KeyStore alone(Key key, Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore shown = KeyStore.getInstance("PKCS12");
        shown.load(null, PASSWORD);
        shown.setKeyEntry(ALIAS, key, PASSWORD, new Certificate[] {certificate});
        return shown;
    }

    /** @param ownAddresses whether it is for many addresses */
    static ServerCertificate shared(CertificateKind kind, boolean ownAddresses) {
        return SHARED.computeIfAbsent(kind + " " + ownAddresses, key -> fresh(kind, ownAddresses));
    }

    static ServerCertificate fresh(CertificateKind kind, boolean ownAddresses) {
        return new ServerCertificate(Keytool.genkeypair(Optional.empty(), options(kind, ownAddresses)));
    }

    /** A new one each time. */
    static ServerCertificate issuedBy(CertificateAuthority authority, boolean ownAddresses) {
        return new ServerCertificate(authority.issue(options(CertificateKind.VALID, ownAddresses)));
    }

    SSLContext context() {
        return context;
    }

    /** SHA-256 as {@code pvenode cert info} shows it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String pem() {
        return Keytool.pem(certificate);
    }

    private static List<String> options(CertificateKind kind, boolean ownAddresses) {
        List<String> options = new ArrayList<>(List.of("-alias", ALIAS));
        options.addAll(kind.key());
        options.addAll(kind.time());
        options.addAll(List.of("-dname", "CN=pve1.simulated", "-ext", kind.names(ownAddresses ? OWN_ADDRESSES : 1)));
        return options;
    }
}
