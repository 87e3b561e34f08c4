package io.github.proxmoxdiscovery.export;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether an {@code Authorization} header is that of the one user there is (RFC 7617). */
public final class BasicLogin {

    private static final String SCHEME = "basic ";

    private final String user;
    private final Supplier<String> password;

    /** @param password of this moment */
    public BasicLogin(String user, Supplier<String> password) {
        this.user = user;
        this.password = password;
    }

    /** Takes as long for a header that is nearly right as for any other. */
    public boolean accepts(@Nullable String header) {
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        try {
            byte[] given =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            byte[] right = (user + ":" + password.get()).getBytes(StandardCharsets.UTF_8);
            return MessageDigest.isEqual(digest(given), digest(right));
        } catch (IllegalArgumentException e) {
            // It is no Base64, so it is nobody's password.
            return false;
        }
    }

    private static byte[] digest(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
