package io.github.proxmoxdiscovery.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/resources}: everything the caller may see, without a word about the rest (PVE/API2/Cluster.pm). */
final class ResourceAnswers {

    private static final List<String> TYPES = List.of("vm", "storage", "node", "sdn");

    private final Inventory inventory;
    private final ShuffledJson json;

    ResourceAnswers(Inventory inventory, ShuffledJson json) {
        this.inventory = inventory;
        this.json = json;
    }

    Object resources(Call call) throws ApiException {
        String type = call.parameter("type");
        if (!type.isEmpty() && !TYPES.contains(type)) {
            throw ApiException.badParameter(
                    "type",
                    "value '" + type + "' does not have a value in the enumeration '" + String.join(", ", TYPES) + "'");
        }
        List<Map<String, @Nullable Object>> entries = new ArrayList<>();
        if (type.isEmpty()) {
            addPools(entries, call.caller());
        }
        if (type.isEmpty() || type.equals("vm")) {
            addGuests(entries, call.caller());
        }
        for (String node : inventory.nodes()) {
            addOfNode(entries, type, node, call.caller());
        }
        return json.shuffled(entries);
    }

    /** A node with what API2Tools.pm extract_node_stats gives; load and memory need Sys.Audit. */
    static Fields node(Inventory inventory, String node, Caller caller) {
        NodeState state = inventory.state(node).orElseGet(NodeState::offline);
        Fields fields = Fields.of("id", "node/" + node)
                .put("node", node)
                .put("type", "node")
                .put("status", state.listed());
        if (state.listed().equals("online")) {
            fields.put("level", "");
            if (caller.may("/nodes/" + node, "Sys.Audit")) {
                fields.put("cpu", 0.02).put("maxcpu", 4).put("uptime", inventory.uptime());
                fields.put("mem", 4_000_000_000L).put("maxmem", 8_000_000_000L);
                fields.put("disk", 50_000).put("maxdisk", 100_000);
            }
        }
        return fields;
    }

    private void addPools(List<Map<String, @Nullable Object>> entries, Caller caller) {
        for (String pool : inventory.pools()) {
            if (caller.may("/pool/" + pool, "Pool.Audit")) {
                entries.add(Fields.of("id", "/pool/" + pool)
                        .put("pool", pool)
                        .put("type", "pool")
                        .map());
            }
        }
    }

    private void addGuests(List<Map<String, @Nullable Object>> entries, Caller caller) {
        for (SimulatedGuest guest : inventory.listed()) {
            if (caller.sees(guest)) {
                entries.add(guest(guest, caller));
            }
        }
    }

    /** Without a status broadcast there is no name, no template, no figure (API2Tools.pm extract_vm_stats). */
    private Map<String, @Nullable Object> guest(SimulatedGuest guest, Caller caller) {
        Fields fields = Fields.of("id", guest.type().text() + "/" + guest.vmid())
                .put("vmid", guest.vmid())
                .put("node", guest.node())
                .put("type", guest.type().text())
                .put("status", guest.listedStatus())
                .putIfKnown("tags", guest.line("tags"))
                .putIfKnown("lock", guest.line("lock"));
        guest.pool()
                .filter(pool -> caller.may("/pool/" + pool, "Pool.Audit"))
                .ifPresent(pool -> fields.put("pool", pool));
        if (!guest.listedStatus().equals("unknown")) {
            boolean running = guest.listedStatus().equals("running");
            fields.put("name", guest.listedName()).put("template", guest.template() ? 1 : 0);
            GuestFigures figures = GuestFigures.of(guest, inventory);
            figures.put(fields, running).put("maxcpu", figures.cores());
            fields.putIf(
                    running && inventory.flavour().isNine() && guest.type() == GuestType.QEMU,
                    "memhost",
                    1_100_000_000);
        }
        return fields.map();
    }

    private void addOfNode(List<Map<String, @Nullable Object>> entries, String type, String node, Caller caller) {
        if (type.isEmpty() || type.equals("node")) {
            entries.add(node(inventory, node, caller).map());
        }
        if ((type.isEmpty() || type.equals("storage")) && caller.may("/storage/local", "Datastore.Audit")) {
            entries.add(storage(node));
        }
        boolean zoneShown = caller.may("/sdn/zones/localnetwork", "SDN.Audit") && inventory.flavour() != Flavour.PVE_7;
        if ((type.isEmpty() || type.equals("sdn")) && zoneShown) {
            entries.add(zone(node));
        }
    }

    private static Map<String, @Nullable Object> storage(String node) {
        return Fields.of("id", "storage/" + node + "/local")
                .put("node", node)
                .put("type", "storage")
                .put("storage", "local")
                .put("plugintype", "dir")
                .put("content", "snippets,iso,vztmpl,backup,rootdir,images")
                .put("status", "unknown")
                .put("shared", 0)
                .map();
    }

    private Map<String, @Nullable Object> zone(String node) {
        if (!inventory.flavour().isNine()) {
            return Fields.of("id", "sdn/" + node + "/localnetwork")
                    .put("node", node)
                    .put("type", "sdn")
                    .put("sdn", "localnetwork")
                    .put("status", "ok")
                    .map();
        }
        return Fields.of("id", "network/" + node + "/zone/localnetwork")
                .put("node", node)
                .put("type", "network")
                .put("network-type", "zone")
                .put("network", "localnetwork")
                .put("status", "ok")
                .map();
    }
}
