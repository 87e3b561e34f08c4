package io.github.proxmoxdiscovery.sim;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * An address of a synthetic guest.
 *
 * @param number its value, which it sorts by within its family
 */
record TrueAddress(boolean ipv6, BigInteger number, String text, int prefix, boolean counts) {

    private static final Comparator<TrueAddress> ORDER =
            Comparator.comparing(TrueAddress::ipv6).thenComparing(TrueAddress::number);

    /** In 10.0.0.0/8. */
    static TrueAddress v4(int low24) {
        String text = "10." + (low24 >> 16 & 255) + "." + (low24 >> 8 & 255) + "." + (low24 & 255);
        return new TrueAddress(false, BigInteger.valueOf(10L << 24 | low24), text, 16, true);
    }

    /** In 2001:db8::/32; both parts from 1 to ffff, so that the zeros between them are the longest run. */
    static TrueAddress v6(int subnet, int host) {
        BigInteger high = BigInteger.valueOf(0x2001_0db8L << 16 | subnet).shiftLeft(80);
        return new TrueAddress(
                true, high.or(BigInteger.valueOf(host)), "2001:db8:%x::%x".formatted(subnet, host), 64, true);
    }

    /** Link-local, which no host is to show. */
    static TrueAddress linkLocal(int host) {
        return new TrueAddress(true, BigInteger.valueOf(host), "fe80::%x".formatted(host), 64, false);
    }

    String withPrefix() {
        return text + "/" + prefix;
    }

    static List<String> expected(Collection<TrueAddress> addresses) {
        return addresses.stream()
                .filter(TrueAddress::counts)
                .sorted(ORDER)
                .map(TrueAddress::text)
                .distinct()
                .toList();
    }

    static String[] withPrefixes(Collection<TrueAddress> addresses) {
        return addresses.stream().map(TrueAddress::withPrefix).toArray(String[]::new);
    }
}
