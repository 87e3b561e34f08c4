package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Hosts as a table of RFC 4180, one a row, lists joined by a semicolon. A guest may be called anything: what a
 * spreadsheet would take for a formula has an apostrophe before it.
 */
public final class Csv extends Chunks<HostView> {

    private static final String FORMULA = "=+-@\t\r\n";
    private static final String BREAK = "\r\n";

    private static final Map<String, Function<HostView, String>> COLUMNS = new LinkedHashMap<>();

    static {
        List.of("id", "mac", "hostname").forEach(key -> COLUMNS.put(key, host -> host.text("/" + key)));
        COLUMNS.put("ip_addresses", host -> joined(host.list("/ip_addresses")));
        List.of("cluster", "node", "type", "vmid", "name", "status", "template", "pool")
                .forEach(key -> COLUMNS.put(key, host -> host.text("/proxmox/" + key)));
        COLUMNS.put("tags", host -> joined(host.tags()));
        COLUMNS.put("os_type", host -> host.text("/proxmox/os_type"));
        COLUMNS.put("interface", HostView::key);
        COLUMNS.put("interface_name", host -> host.text("/proxmox/interface/name"));
        List.of("model", "bridge", "vlan", "link_down")
                .forEach(key -> COLUMNS.put(key, host -> host.text("/proxmox/interface/" + key)));
        COLUMNS.put("agent", host -> host.text("/proxmox/agent"));
        COLUMNS.put("notes", host -> joined(host.list("/proxmox/notes")));
        COLUMNS.put("observed_at", host -> host.text("/observed_at"));
    }

    public Csv(Iterator<ObjectNode> hosts) {
        super(HostView.each(hosts));
    }

    /** The row of one host, with the end of its line. */
    public static String row(ObjectNode host) {
        return row(new HostView(host));
    }

    @Override
    String begin() {
        return String.join(",", COLUMNS.keySet()) + BREAK;
    }

    @Override
    String piece(HostView host) {
        return row(host);
    }

    private static String row(HostView host) {
        return COLUMNS.values().stream().map(column -> cell(column.apply(host))).collect(Collectors.joining(","))
                + BREAK;
    }

    private static String joined(List<String> texts) {
        return String.join(";", texts);
    }

    static String cell(String text) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        String safe = formula ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(character -> ",\"\r\n".indexOf(character) >= 0);
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
