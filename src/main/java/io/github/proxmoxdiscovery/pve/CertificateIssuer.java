package io.github.proxmoxdiscovery.pve;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who issued the certificate of a server, as text: the name (RFC 2253) and, if the certificate tells it, the identifier
 * of the key (RFC 5280, 4.2.1.1). Each Proxmox cluster has an authority of its own, whose name holds a UUID
 * (PVE/Cluster/Setup.pm, gen_pveca_cert), and every node shows a certificate that it issued, without the authority's.
 */
final class CertificateIssuer {

    private static final String KEY = ", key ";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int KEY_IDENTIFIER = 0x80;
    private static final int LONG_FORM = 0x80;

    private CertificateIssuer() {}

    /**
     * The issuer of the last certificate that did not issue itself: whether a server sends the one of its authority as
     * well makes no difference. Empty for one that is self-signed, as each new one would have another issuer.
     *
     * @param chain as the server presents it, its own first
     */
    static Optional<String> of(List<X509Certificate> chain) {
        X509Certificate last = null;
        for (X509Certificate certificate : chain) {
            if (!certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
                last = certificate;
            }
        }
        return Optional.ofNullable(last).map(CertificateIssuer::text);
    }

    /** Whether these are not two: a certificate that does not tell the key may be of any authority of that name. */
    static boolean mayBeSame(String one, String other) {
        return one.equals(other) || one.startsWith(other + KEY) || other.startsWith(one + KEY);
    }

    /** What is known after both were seen, of which the second one was seen before. */
    static @Nullable String better(@Nullable String now, @Nullable String before) {
        boolean toldMore = now == null || before != null && before.startsWith(now + KEY);
        return toldMore ? before : now;
    }

    private static String text(X509Certificate certificate) {
        String name = certificate.getIssuerX500Principal().getName(X500Principal.RFC2253);
        byte[] extension = certificate.getExtensionValue(AUTHORITY_KEY_IDENTIFIER);
        return extension == null
                ? name
                : keyIdentifier(extension).map(key -> name + KEY + key).orElse(name);
    }

    /** DER: an octet string that holds a sequence, whose first part may be the identifier. */
    private static Optional<String> keyIdentifier(byte[] extension) {
        try {
            return part(ByteBuffer.wrap(extension), OCTET_STRING)
                    .flatMap(value -> part(value, SEQUENCE))
                    .flatMap(sequence -> part(sequence, KEY_IDENTIFIER))
                    .map(CertificateIssuer::hex);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<ByteBuffer> part(ByteBuffer der, int tag) {
        if (!der.hasRemaining() || (der.get() & 0xff) != tag) {
            return Optional.empty();
        }
        int length = length(der);
        return Optional.of(der.slice(der.position(), length));
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xff;
        if (first < LONG_FORM) {
            return first;
        }
        int length = 0;
        for (int bytes = first - LONG_FORM; bytes > 0; bytes--) {
            length = length << 8 | der.get() & 0xff;
        }
        return length;
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return HexFormat.of().formatHex(copy);
    }
}
