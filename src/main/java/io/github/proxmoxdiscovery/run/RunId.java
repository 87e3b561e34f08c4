package io.github.proxmoxdiscovery.run;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Names runs: a UUID of version 7 (RFC 9562), so that later runs sort after earlier ones. */
final class RunId {

    private static final SecureRandom RANDOM = new SecureRandom();

    private RunId() {}

    static String next(Instant now) {
        long random = RANDOM.nextLong();
        long high = now.toEpochMilli() << 16 | 0x7000L | random >>> 52;
        long low = 0x8000000000000000L | RANDOM.nextLong() >>> 2;
        return new UUID(high, low).toString();
    }
}
