package io.github.proxmoxdiscovery.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.proxmoxdiscovery.host.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Notes {@code DUPLICATE_MAC} on every host of a cluster whose MAC another host of it has too. */
final class DuplicateMacs {

    /** Reads a message so that it is written as it came, but for white space. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private DuplicateMacs() {}

    /**
     * The same hosts in the same order, those with a MAC of their own untouched.
     *
     * @param others the MACs of hosts that are not looked at now, each with the id of its host
     */
    static List<KeptHost> noted(List<KeptHost> hosts, Map<String, String> others) {
        Map<String, Integer> owners = owners(hosts, others);
        return hosts.stream()
                .map(host -> isShared(host.mac(), owners) ? withNote(host) : host)
                .toList();
    }

    /** MACs of these hosts that more than one host has, with the number of hosts. */
    static Map<String, Integer> shared(List<KeptHost> hosts, Map<String, String> others) {
        Map<String, Integer> owners = owners(hosts, others);
        owners.entrySet().removeIf(entry -> !isShared(entry.getKey(), owners));
        return owners;
    }

    private static Map<String, Integer> owners(List<KeptHost> hosts, Map<String, String> others) {
        Map<String, Integer> owners = new HashMap<>();
        hosts.forEach(host -> owners.merge(host.mac(), 1, Integer::sum));
        Set<String> ids = hosts.stream().map(KeptHost::id).collect(Collectors.toSet());
        others.forEach((mac, id) -> {
            if (!ids.contains(id)) {
                owners.computeIfPresent(mac, (key, count) -> count + 1);
            }
        });
        return owners;
    }

    private static boolean isShared(String mac, Map<String, Integer> owners) {
        return !mac.isEmpty() && owners.getOrDefault(mac, 0) > 1;
    }

    private static KeptHost withNote(KeptHost host) {
        try {
            JsonNode tree = JSON.readTree(host.json());
            if (tree.at("/proxmox/notes") instanceof ArrayNode notes) {
                notes.add(Reason.DUPLICATE_MAC.name());
                return host.withJson(JSON.writeValueAsString(tree));
            }
            // A route file dropped the notes: its owner does not want them.
            return host;
        } catch (JsonProcessingException e) {
            // A route file made something else of it than JSON: there is nowhere to note it.
            return host;
        }
    }
}
