package io.github.proxmoxdiscovery.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.host.Reason;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The report of a run, as delivered to the sinks that want it.
 *
 * @param hosts number of hosts found
 * @param nodes one map a node, as in the report
 * @param pending how many hosts each sink is to be told of
 * @param privileges what the token or user may do, as in the report; null if that was not told
 * @param removals what became of hosts that were not found, as in the report; null if nobody looked
 */
public record RunReport(
        String runId,
        String cluster,
        RunKind kind,
        Instant startedAt,
        Instant finishedAt,
        boolean complete,
        Guests guests,
        int hosts,
        List<Map<String, Object>> nodes,
        Map<String, Long> pending,
        List<Failure> failures,
        @Nullable Map<String, Object> privileges,
        @Nullable Map<String, Object> removals) {

    /** The version of this report's form. */
    public static final int SCHEMA_VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many guests were listed and what became of them: listed = read + skipped + failed. */
    public record Guests(int listed, int read, int skipped, int failed) {}

    public String toJson() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("schema_version", SCHEMA_VERSION);
        map.put("run_id", runId);
        map.put("cluster", cluster);
        map.put("kind", kind.text());
        map.put("started_at", DiscoveredHost.text(startedAt));
        map.put("finished_at", DiscoveredHost.text(finishedAt));
        map.put("complete", complete);
        map.put("guests", guests.listed());
        map.put("read", guests.read());
        map.put("skipped", guests.skipped());
        map.put("failed", guests.failed());
        map.put("hosts", hosts);
        map.put("nodes", nodes);
        map.put("delivered", delivered());
        map.put("errors", failures.stream().map(Failure::toMap).toList());
        map.put("privileges", privileges);
        map.put("removals", removals);
        return write(map);
    }

    /** One line for the log. */
    public String toLine() {
        String seconds = String.format(
                Locale.ROOT, "%.1f", Duration.between(startedAt, finishedAt).toMillis() / 1000.0);
        String line = cluster + ": " + (complete ? "complete" : "INCOMPLETE") + " "
                + (kind == RunKind.QUICK ? "quick " : "") + "run of " + seconds + " s, "
                + guests.listed() + " guests = " + guests.read() + " read + " + guests.skipped() + " skipped + "
                + guests.failed() + " failed, " + hosts + " hosts";
        String reasons = reasons();
        return reasons.isEmpty() ? line : line + " (" + reasons + ")";
    }

    private String reasons() {
        Map<Reason, Long> counts =
                failures.stream().collect(Collectors.groupingBy(Failure::reason, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private Map<String, Object> delivered() {
        Map<String, Object> delivered = new LinkedHashMap<>();
        pending.forEach((sink, hosts) -> {
            Map<String, Object> counts = new LinkedHashMap<>();
            counts.put("ok", 0);
            counts.put("failed", 0);
            counts.put("pending", hosts);
            delivered.put(sink, counts);
        });
        return delivered;
    }

    private static String write(Map<String, Object> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
