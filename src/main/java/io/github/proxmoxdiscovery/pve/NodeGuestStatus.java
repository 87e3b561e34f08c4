package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** The status of each guest as its node tells it, from {@code /nodes/{node}/qemu} and {@code /nodes/{node}/lxc}. */
public final class NodeGuestStatus {

    private NodeGuestStatus() {}

    /** Statuses by vmid, which is a string in the container list before PVE 8.2. */
    public static Map<Long, String> parse(JsonNode rows) {
        Map<Long, String> statuses = new HashMap<>();
        Json.elements(rows).forEach(row -> {
            String status = Json.text(row, "status");
            if (status != null) {
                Json.number(row, "vmid").ifPresent(vmid -> statuses.put(vmid, status));
            }
        });
        return statuses;
    }
}
