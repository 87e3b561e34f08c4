package io.github.proxmoxdiscovery.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate for addresses of this machine and its key, made by the JDK's {@code keytool}. */
final class ServerCertificate {

    private static final String PASSWORD = "simulated";

    private static final int OWN_ADDRESSES = 32;

    /** For all clusters of the process, made when the first one needs them. */
    private static final Map<String, ServerCertificate> SHARED = new ConcurrentHashMap<>();

    private final SSLContext context;
    private final Certificate certificate;

    private ServerCertificate(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        certificate = keys.getCertificate("pve");
    }

    /** @param ownAddresses whether it is for many addresses */
    static ServerCertificate shared(CertificateKind kind, boolean ownAddresses) {
        return SHARED.computeIfAbsent(kind + " " + ownAddresses, key -> fresh(kind, ownAddresses));
    }

    static ServerCertificate fresh(CertificateKind kind, boolean ownAddresses) {
        try {
            Path directory = Files.createTempDirectory("simulated-cluster");
            Path file = directory.resolve("keys.p12");
            try {
                keytool(file, kind, ownAddresses ? OWN_ADDRESSES : 1);
                return new ServerCertificate(read(file));
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate for the simulated cluster", e);
        }
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
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static void keytool(Path file, CertificateKind kind, int addresses) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", "pve"));
        command.addAll(kind.key());
        command.addAll(kind.time());
        command.addAll(List.of("-dname", "CN=pve1.simulated", "-ext", kind.names(addresses)));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", file.toString()));
        await(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static void await(Process keytool) throws IOException {
        String said = new String(keytool.getInputStream().readAllBytes());
        try {
            if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IOException("keytool failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
    }
}
