package io.github.proxmoxdiscovery.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Version, nodes and the state of the cluster. */
final class ClusterAnswers {

    private static final int FIRST_VMID = 100;

    private final Inventory inventory;
    private final ShuffledJson json;

    ClusterAnswers(Inventory inventory, ShuffledJson json) {
        this.inventory = inventory;
        this.json = json;
    }

    Object version() {
        Flavour flavour = inventory.flavour();
        return Fields.of("version", flavour.version())
                .put("release", flavour.release())
                .put("repoid", flavour.repoId())
                .map();
    }

    /** Every node, for whoever asks (PVE/API2/Nodes.pm). */
    Object nodes(Call call) {
        return json.shuffled(inventory.nodes().stream()
                .map(node -> ResourceAnswers.node(inventory, node, call.caller())
                        .put("ssl_fingerprint", null)
                        .map())
                .toList());
    }

    /** PVE/API2/Cluster.pm get_status; a node alone is no cluster. */
    Object status(Call call) {
        List<String> nodes = inventory.nodes();
        List<Map<String, @Nullable Object>> entries = new ArrayList<>();
        if (nodes.size() > 1) {
            entries.add(Fields.of("type", "cluster")
                    .put("id", "cluster")
                    .put("name", inventory.name())
                    .put("version", nodes.size())
                    .put("nodes", nodes.size())
                    .put("quorate", 1)
                    .map());
        }
        for (String node : nodes) {
            entries.add(statusOf(node, nodes.size() == 1 ? 0 : nodes.indexOf(node) + 1, call.askedNode()));
        }
        return json.shuffled(entries);
    }

    /** PVE/API2/Cluster.pm nextid: whether a number is taken is no secret. */
    Object nextId(Call call) throws ApiException {
        String vmid = call.parameter("vmid");
        Set<Integer> taken =
                inventory.guests().stream().map(SimulatedGuest::vmid).collect(Collectors.toSet());
        if (vmid.isEmpty()) {
            return IntStream.iterate(FIRST_VMID, next -> next + 1)
                    .filter(next -> !taken.contains(next))
                    .findFirst()
                    .orElseThrow();
        }
        if (!vmid.matches("[1-9][0-9]{2,8}")) {
            throw ApiException.badParameter("vmid", "invalid format - value does not look like a valid VM ID");
        }
        if (taken.contains(Integer.parseInt(vmid))) {
            throw ApiException.badParameter("vmid", "VM " + vmid + " already exists");
        }
        return vmid;
    }

    /** Nodes without an address of their own get one at which nobody listens. */
    private String address(String node, int id, String askedNode) {
        return inventory.ownAddresses() || node.equals(askedNode)
                ? inventory.listeningAddress(node)
                : "127.0.0." + (100 + id);
    }

    private Map<String, @Nullable Object> statusOf(String node, int id, String askedNode) {
        boolean online = inventory.state(node).filter(NodeState::answers).isPresent();
        return Fields.of("type", "node")
                .put("id", "node/" + node)
                .put("name", node)
                .put("nodeid", id)
                .put("ip", address(node, id, askedNode))
                .put("local", node.equals(askedNode) ? 1 : 0)
                .put("online", online ? 1 : 0)
                .put("level", "")
                .map();
    }
}
