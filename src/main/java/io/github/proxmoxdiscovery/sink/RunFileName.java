package io.github.proxmoxdiscovery.sink;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** Names the files of a run: its start in UTC and the last six characters of its id. */
final class RunFileName {

    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RunFileName() {}

    /** @param runId a UUID of version 7, which begins with the time of its making */
    static String of(String runId) {
        long startMillis = UUID.fromString(runId).getMostSignificantBits() >>> 16;
        return START.format(Instant.ofEpochMilli(startMillis)) + "-" + runId.substring(runId.length() - 6);
    }
}
