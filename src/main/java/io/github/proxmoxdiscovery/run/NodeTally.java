package io.github.proxmoxdiscovery.run;

import io.github.proxmoxdiscovery.host.Reason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the guests of one node in one run; guests = read + skipped + failed once the run is over. */
final class NodeTally {

    private final String node;
    private final boolean offline;
    private final Map<Reason, Integer> failures = new EnumMap<>(Reason.class);
    private int guests;
    private int read;
    private int skipped;
    private int failed;
    private int hosts;

    NodeTally(String node, boolean offline) {
        this.node = node;
        this.offline = offline;
    }

    String node() {
        return node;
    }

    boolean offline() {
        return offline;
    }

    synchronized void listed() {
        guests++;
    }

    /** A listed guest moved away. */
    synchronized void unlisted() {
        guests--;
    }

    synchronized void read() {
        read++;
    }

    synchronized void skipped() {
        skipped++;
    }

    /** @return how many guests failed for this reason so far, this one with them */
    synchronized int failed(Reason reason) {
        failed++;
        return failures.merge(reason, 1, Integer::sum);
    }

    synchronized void host() {
        hosts++;
    }

    synchronized int guests() {
        return guests;
    }

    synchronized int readCount() {
        return read;
    }

    synchronized int skippedCount() {
        return skipped;
    }

    synchronized int failedCount() {
        return failed;
    }

    synchronized Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("node", node);
        map.put("status", status());
        map.put("guests", guests);
        map.put("read", read);
        map.put("skipped", skipped);
        map.put("failed", failed);
        map.put("hosts", hosts);
        map.put("reason", reason());
        return map;
    }

    private String status() {
        if (offline) {
            return "offline";
        }
        return failed > 0 && read == 0 ? "failed" : "ok";
    }

    private @Nullable String reason() {
        if (offline) {
            return Reason.NODE_OFFLINE.name();
        }
        return failures.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey().name())
                .orElse(null);
    }
}
