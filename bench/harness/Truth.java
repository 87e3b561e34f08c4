package harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.sim.ExpectedHost;
import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What there is to find in one cluster, and how much of it was found. */
final class Truth {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ExpectedHost> hosts = new LinkedHashMap<>();

    Truth(Collection<ExpectedHost> hosts) {
        hosts.forEach(host -> this.hosts.put(host.id(), host));
    }

    static Truth of(SyntheticCluster cluster, String name) {
        return new Truth(cluster.expected(name));
    }

    int size() {
        return hosts.size();
    }

    /** What a quick run has to find when the cluster has renamed as many guests: only these. */
    Truth renamed(int guests, int number, String suffix) {
        Set<Integer> vmids = new HashSet<>(Plan.spread(guests, number));
        return new Truth(hosts.values().stream()
                .filter(host -> vmids.contains(vmid(host)))
                .map(host -> renamed(host, suffix))
                .toList());
    }

    private static int vmid(ExpectedHost host) {
        return Integer.parseInt(host.id().split("/")[2]);
    }

    private static ExpectedHost renamed(ExpectedHost host, String suffix) {
        return new ExpectedHost(
                host.id(),
                host.mac(),
                Plan.renamed(vmid(host), suffix),
                host.addresses(),
                host.vlan(),
                host.bridge(),
                host.status(),
                host.template(),
                host.node(),
                host.tags(),
                host.pool());
    }

    /** How many hosts of a file of ours are right in each field that is known; those too many count against it. */
    long right(Path file) throws IOException {
        Set<String> seen = new HashSet<>();
        long right = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode host = JSON.readTree(line);
                String id = host.path("id").asText();
                boolean good = hosts.containsKey(id) && seen.add(id) && isRight(hosts.get(id), host);
                right += good ? 1 : hosts.containsKey(id) ? 0 : -1;
            }
        }
        return right;
    }

    private static boolean isRight(ExpectedHost expected, JsonNode host) {
        JsonNode net = host.at("/proxmox/interface");
        Integer vlan = net.path("vlan").isNumber() ? Integer.valueOf(net.path("vlan").intValue()) : null;
        JsonNode pool = host.at("/proxmox/pool");
        return expected.mac().equals(host.path("mac").asText())
                && expected.hostname().equals(host.path("hostname").asText())
                && expected.addresses().equals(texts(host.path("ip_addresses")))
                && Objects.equals(expected.vlan(), vlan)
                && expected.bridge().equals(net.path("bridge").asText())
                && expected.status().equals(host.at("/proxmox/status").asText())
                && expected.template() == host.at("/proxmox/template").asBoolean()
                && expected.node().equals(host.at("/proxmox/node").asText())
                && expected.tags().equals(texts(host.at("/proxmox/tags")))
                && Objects.equals(expected.pool(), pool.isTextual() ? pool.textValue() : null);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** How many lines of id, MAC and addresses, as the yardsticks write them, have the right MAC and addresses. */
    long rightAddresses(Path file, String cluster) throws IOException {
        long right = 0;
        Map<String, String[]> found = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split("\t", -1);
            found.put(cluster + "/" + fields[0], fields);
        }
        for (ExpectedHost host : hosts.values()) {
            String[] fields = found.remove(host.id());
            boolean good = fields != null && fields[1].equals(host.mac());
            right += good && addresses(fields[2].split(",")).equals(addresses(host.addresses().toArray(String[]::new)))
                    ? 1
                    : 0;
        }
        return right - found.size();
    }

    private static Set<InetAddress> addresses(String[] texts) throws IOException {
        Set<InetAddress> addresses = new HashSet<>();
        for (String text : texts) {
            if (!text.isEmpty()) {
                addresses.add(InetAddress.getByName(text));
            }
        }
        return addresses;
    }
}
