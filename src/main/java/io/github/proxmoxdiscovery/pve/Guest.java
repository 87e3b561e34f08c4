package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.GuestType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A guest as the list of the cluster tells it (PVE/API2Tools.pm, extract_vm_stats).
 *
 * @param vmid 100 to 999999999, unique in a cluster
 * @param status {@code running}, {@code stopped}, {@code unknown} …
 * @param template known only while the node tells it
 * @param lock {@code backup}, {@code migrate} …, or null
 * @param name as the node last told it, made up for a guest without one; null while it does not
 * @param uptime seconds since the guest was started, some seconds old; null while the node does not tell
 */
public record Guest(
        long vmid,
        GuestType type,
        String node,
        String status,
        boolean template,
        List<String> tags,
        @Nullable String pool,
        @Nullable String lock,
        @Nullable String name,
        @Nullable Long uptime) {

    /** The status of a guest of which its node tells nothing. */
    public static final String UNKNOWN = "unknown";

    private static final long LOWEST = 100;
    private static final long HIGHEST = 999_999_999;

    /** The guest in this row; empty if the row is none, or lacks what names a guest. */
    static Optional<Guest> parse(JsonNode row) {
        Optional<GuestType> type = GuestType.of(String.valueOf(Json.text(row, "type")));
        Optional<Long> vmid = Json.number(row, "vmid").filter(number -> number >= LOWEST && number <= HIGHEST);
        String node = Json.text(row, "node");
        if (type.isEmpty() || vmid.isEmpty() || node == null || !Node.isName(node)) {
            return Optional.empty();
        }
        String status = Json.text(row, "status");
        return Optional.of(new Guest(
                vmid.get(),
                type.get(),
                node,
                status == null ? UNKNOWN : status,
                Json.flag(row, "template"),
                Json.tags(Json.text(row, "tags")),
                Json.text(row, "pool"),
                Json.text(row, "lock"),
                Json.text(row, "name"),
                Json.number(row, "uptime").orElse(null)));
    }

    public Guest withStatus(String better) {
        return new Guest(vmid, type, node, better, template, tags, pool, lock, name, uptime);
    }
}
