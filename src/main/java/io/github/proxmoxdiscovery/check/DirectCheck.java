package io.github.proxmoxdiscovery.check;

import io.github.proxmoxdiscovery.client.Probe;
import io.github.proxmoxdiscovery.pve.Node;
import io.github.proxmoxdiscovery.pve.NodeAddresses;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks at the nodes of a cluster that are to be asked themselves. None of this makes a run fail: a node that cannot be
 * asked itself is asked through the entry node.
 */
final class DirectCheck {

    private static final String WHAT = "direct";

    private final ClusterSettings cluster;
    private final Probe probe;

    DirectCheck(ClusterSettings cluster, Probe probe) {
        this.cluster = cluster;
        this.probe = probe;
    }

    /** @param entry the address that works */
    List<Finding> findings(Questions questions, String entry, List<Node> nodes) {
        if (!cluster.direct().on()) {
            return List.of();
        }
        Map<String, String> addresses = cluster.direct().addresses();
        if (addresses.isEmpty()) {
            Answer status = questions.get("/cluster/status");
            if (status.failure().isPresent()) {
                return List.of(warn(
                        "where the nodes are is not told: "
                                + status.failure().get().message(),
                        "Give the token and its user Sys.Audit on /, or set proxmox." + cluster.name()
                                + ".direct-addresses; until then all is asked through " + entry + "."));
            }
            addresses = NodeAddresses.parse(status.data(), entry);
        }
        return of(addresses, nodes);
    }

    private List<Finding> of(Map<String, String> addresses, List<Node> nodes) {
        List<Finding> findings = new ArrayList<>();
        for (Node node : nodes) {
            String address = addresses.get(node.name());
            if (address == null) {
                findings.add(warn(node.name() + " has no address of its own", "It is asked through the entry node."));
            } else if (node.status() != Node.Status.OFFLINE) {
                findings.addAll(at(address));
            }
        }
        addresses.keySet().stream()
                .filter(name -> nodes.stream().noneMatch(node -> node.name().equals(name)))
                .forEach(name -> findings.add(warn(
                        "direct-addresses names " + name + ", which is no node of the cluster", "Correct the name.")));
        return findings;
    }

    private List<Finding> at(String address) {
        AddressCheck check = new AddressCheck(cluster, List.of(address), probe, Clock.systemUTC());
        check.working();
        return check.findings().stream()
                .map(finding -> new Finding(
                        finding.isFailure() ? Finding.Verdict.WARN : finding.verdict(),
                        finding.of(),
                        WHAT,
                        finding.found(),
                        finding.remedy().replace(".url", ".direct-addresses"),
                        finding.lines()))
                .toList();
    }

    private Finding warn(String found, String remedy) {
        return Finding.warn(cluster.name(), WHAT, found, remedy, List.of());
    }
}
