package io.github.proxmoxdiscovery.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is truly there, and how much of it a look at the cluster shows. */
final class ModelCluster {

    private static final int NODES = 3;
    private static final int MOST_INTERFACES = 3;

    /** By id. */
    final Map<String, TestHost> hosts = new TreeMap<>();

    private final Set<Integer> silent = new TreeSet<>();
    private int names;
    boolean privileged = true;
    boolean filtered;
    int settings;

    void create(int vmid) {
        if (of(vmid).isEmpty()) {
            put(TestHost.of(vmid).ofGuest("uuid-" + ++names).named("web" + names));
        }
    }

    void delete(int vmid) {
        of(vmid).forEach(host -> hosts.remove(host.id()));
    }

    /** Another guest gets the number, between two looks. */
    void reuse(int vmid) {
        delete(vmid);
        create(vmid);
    }

    void migrate(int vmid, int node) {
        of(vmid).forEach(host -> put(host.on("pve" + node % NODES)));
    }

    /** To a new name, or to one that it may have had before. */
    void rename(int vmid, int name) {
        of(vmid).forEach(host -> put(host.named("name" + name % 3)));
    }

    void addInterface(int vmid, int nic) {
        of(vmid).stream()
                .findFirst()
                .ifPresent(host -> put(new TestHost(
                        vmid,
                        nic % MOST_INTERFACES,
                        host.uuid(),
                        host.name(),
                        host.node(),
                        List.of("10.1." + nic % MOST_INTERFACES + ".1"),
                        "ok",
                        "shop")));
    }

    void removeInterface(int vmid, int nic) {
        if (of(vmid).size() > 1) {
            hosts.remove(TestHost.of(vmid, nic % MOST_INTERFACES).id());
        }
    }

    void silence(int vmid) {
        if (!silent.remove(vmid)) {
            silent.add(vmid);
        }
    }

    void heal() {
        silent.clear();
        privileged = true;
        filtered = false;
    }

    private void put(TestHost host) {
        hosts.put(host.id(), host);
    }

    private List<TestHost> of(int vmid) {
        return hosts.values().stream().filter(host -> host.vmid() == vmid).toList();
    }

    private boolean isListed(TestHost host) {
        return privileged || host.vmid() % 2 == 0;
    }

    private boolean isFiltered(TestHost host) {
        return filtered && host.vmid() % 3 == 0;
    }

    /** @param down the node that does not answer, or -1 */
    List<TestHost> seen(int down) {
        List<TestHost> seen = new ArrayList<>();
        for (TestHost host : hosts.values()) {
            if (isListed(host) && !isFiltered(host) && !host.node().equals("pve" + down)) {
                seen.add(silent.contains(host.vmid()) ? host.agent("silent").poolUnknown() : host);
            }
        }
        return seen;
    }

    Set<String> excluded() {
        return hosts.values().stream()
                .filter(host -> isListed(host) && isFiltered(host))
                .map(TestHost::guest)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    String permissions() {
        return privileged ? "all" : "fewer";
    }
}
