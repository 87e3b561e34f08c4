package io.github.proxmoxdiscovery.client;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Locale;
import java.util.Set;

/**
 * Has a TLS client offer only X25519 to agree on a key. Java otherwise makes a second key with each handshake, for the
 * curve P-256, which costs it four times as much and which a server that knows X25519 does not look at
 * (docs/decisions/0015). Certificates and signatures are not concerned.
 */
final class QuickKeyExchange implements AlgorithmConstraints {

    private static final Set<CryptoPrimitive> KEY_AGREEMENT = Set.of(CryptoPrimitive.KEY_AGREEMENT);

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
        // With other purposes beside this one, it is the key of a certificate that is looked at.
        return !primitives.equals(KEY_AGREEMENT) || !isOtherGroup(algorithm);
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        return true;
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
        return true;
    }

    /** By the names of RFC 8446, section 4.2.7. */
    private static boolean isOtherGroup(String algorithm) {
        String name = algorithm.toLowerCase(Locale.ROOT);
        return name.startsWith("secp") || name.startsWith("ffdhe") || name.equals("x448");
    }
}
