package io.github.proxmoxdiscovery.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The hosts of a run as a table for people. */
final class HostTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TextTable table =
            new TextTable("GUEST", "NODE", "INTERFACE", "MAC", "ADDRESSES", "BRIDGE/VLAN", "STATUS", "FROM", "NOTES");

    private HostTable(List<JsonNode> hosts) {
        hosts.forEach(host -> table.row(row(host)));
    }

    /** @param messages one JSON message each */
    static HostTable of(List<String> messages) throws JsonProcessingException {
        List<JsonNode> hosts = new ArrayList<>();
        for (String message : messages) {
            hosts.add(JSON.readTree(message));
        }
        hosts.sort(Comparator.<JsonNode>comparingLong(
                        host -> host.at("/proxmox/vmid").asLong())
                .thenComparing(host -> host.path("id").asText()));
        return new HostTable(hosts);
    }

    private static List<String> row(JsonNode host) {
        JsonNode proxmox = host.path("proxmox");
        JsonNode net = proxmox.path("interface");
        String name = net.path("name").isTextual() ? " " + net.path("name").asText() : "";
        return List.of(
                proxmox.path("type").asText() + "/" + proxmox.path("vmid").asText() + " "
                        + host.path("hostname").asText(),
                proxmox.path("node").asText(),
                net.path("key").asText() + name,
                host.path("mac").asText(),
                texts(host.path("ip_addresses"), ", "),
                bridge(net),
                proxmox.path("template").asBoolean()
                        ? "template"
                        : proxmox.path("status").asText(),
                sources(proxmox),
                texts(proxmox.path("notes"), " "));
    }

    private static String bridge(JsonNode net) {
        String bridge = net.path("bridge").asText("-");
        String vlan = net.path("vlan").isNumber() ? "/" + net.path("vlan").asText() : "";
        String trunks =
                net.path("trunks").isTextual() ? " trunk " + net.path("trunks").asText() : "";
        return bridge + vlan + trunks;
    }

    private static String sources(JsonNode proxmox) {
        String sources = stream(proxmox.path("addresses"))
                .map(address -> address.path("source").asText())
                .distinct()
                .collect(Collectors.joining(", "));
        return sources.isEmpty() ? "- (agent " + proxmox.path("agent").asText() + ")" : sources;
    }

    private static String texts(JsonNode list, String separator) {
        return stream(list).map(JsonNode::asText).collect(Collectors.joining(separator));
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    void printTo(PrintWriter out) {
        table.printTo(out);
    }
}
