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
    private static final List<String> HEADINGS =
            List.of("GUEST", "NODE", "INTERFACE", "MAC", "ADDRESSES", "BRIDGE/VLAN", "STATUS", "FROM", "NOTES");

    private final List<List<String>> rows;

    private HostTable(List<List<String>> rows) {
        this.rows = rows;
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
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        hosts.forEach(host -> rows.add(row(host)));
        return new HostTable(rows);
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
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], shown(row.get(i)).length());
            }
        }
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = shown(row.get(i));
            line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }

    /** A guest may name itself as it likes: control characters must not reach the terminal. */
    private static String shown(String cell) {
        return cell.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
