package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells one cluster from another that answers at the same address. Proxmox has no number for a cluster, so it is
 * what changes seldom: none of it is a secret.
 *
 * @param name from {@code /cluster/status}; null for a node alone, and if it may not be asked (Sys.Audit on /)
 * @param ca who issued the certificate of the address, see {@link CertificateIssuer}; null if nobody but itself
 * @param nodes the names of the nodes, sorted
 */
public record ClusterIdentity(
        @Nullable String name, @Nullable String ca, List<String> nodes) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NODES_SHOWN = 10;

    public ClusterIdentity {
        nodes = nodes.stream().distinct().sorted().toList();
    }

    /**
     * What is seen of a cluster now.
     *
     * @param status the rows of {@code /cluster/status} (PVE/API2/Cluster.pm), or null
     * @param certificates as the server presents them, its own first
     */
    public static ClusterIdentity of(
            @Nullable JsonNode status, List<X509Certificate> certificates, Collection<Node> nodes) {
        return new ClusterIdentity(
                status == null ? null : name(status),
                CertificateIssuer.of(certificates).orElse(null),
                nodes.stream().map(Node::name).toList());
    }

    private static @Nullable String name(JsonNode rows) {
        return Json.elements(rows)
                .filter(row -> "cluster".equals(Json.text(row, "type")))
                .map(row -> Optional.ofNullable(Json.text(row, "name")))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    /** What differs so that this is another cluster than that one, in words; empty if it may be the same. */
    public Optional<String> differenceFrom(ClusterIdentity before) {
        List<String> differences = new ArrayList<>();
        if (name != null && before.name != null && !name.equals(before.name)) {
            differences.add("it was called " + before.name + " and is called " + name + " now");
        }
        if (ca != null && before.ca != null && !CertificateIssuer.mayBeSame(ca, before.ca)) {
            differences.add("its certificate was issued by " + before.ca + " and is issued by " + ca + " now");
        }
        if (!nodes.isEmpty() && !before.nodes.isEmpty() && Collections.disjoint(nodes, before.nodes)) {
            differences.add("its nodes were " + shown(before.nodes) + " and are " + shown(nodes) + " now");
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
    }

    private static String shown(List<String> nodes) {
        String first = String.join(", ", nodes.subList(0, Math.min(nodes.size(), NODES_SHOWN)));
        int more = nodes.size() - NODES_SHOWN;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /** The same cluster later: what is not known now stays as it was known, and its nodes are those of now. */
    public ClusterIdentity mergedWith(ClusterIdentity before) {
        return new ClusterIdentity(
                name == null ? before.name : name,
                CertificateIssuer.better(ca, before.ca),
                nodes.isEmpty() ? before.nodes : nodes);
    }

    public String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("ca", ca);
        nodes.forEach(json.putArray("nodes")::add);
        return json.toString();
    }

    /** From {@link #toJson}: what is missing or makes no sense in it is not known. Empty if it is no JSON object. */
    public static Optional<ClusterIdentity> parse(String json) {
        JsonNode tree;
        try {
            tree = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!tree.isObject()) {
            return Optional.empty();
        }
        List<String> nodes = Json.elements(tree.path("nodes"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
        return Optional.of(new ClusterIdentity(Json.text(tree, "name"), Json.text(tree, "ca"), nodes));
    }
}
