package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.IpAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Where the nodes of a cluster are, from {@code /cluster/status} (PVE/API2/Cluster.pm): needs Sys.Audit on /. */
public final class NodeAddresses {

    private NodeAddresses() {}

    /**
     * The addresses of the nodes that are online, by name.
     *
     * @param entry the address of the node that was asked: its port is that of all, 8006 but for a proxy in front
     */
    public static Map<String, String> parse(JsonNode rows, String entry) {
        Map<String, String> addresses = new LinkedHashMap<>();
        int port = URI.create(entry).getPort();
        Json.elements(rows)
                .filter(row -> "node".equals(Json.text(row, "type")) && Json.flag(row, "online"))
                .forEach(row -> {
                    String name = Objects.requireNonNullElse(Json.text(row, "name"), "");
                    IpAddress.parse(String.valueOf(Json.text(row, "ip")))
                            .filter(ip -> Node.isName(name))
                            .ifPresent(ip -> addresses.put(name, "https://" + bracketed(ip.text()) + ":" + port));
                });
        return addresses;
    }

    private static String bracketed(String ip) {
        return ip.contains(":") ? "[" + ip + "]" : ip;
    }
}
