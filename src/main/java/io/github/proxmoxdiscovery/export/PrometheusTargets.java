package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.host.IpAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Guests as Prometheus discovers them over HTTP: one target each, its first address, with what else is known of it as
 * labels that a relabelling may use and that are gone after it.
 */
public final class PrometheusTargets extends Chunks<List<HostView>> {

    private static final String LABEL = "__meta_proxmox_";
    private static final int HIGHEST_PORT = 65_535;

    private final Family family;
    private final int port;

    /** @throws BadQueryException when {@code port} or {@code family} cannot be one */
    public PrometheusTargets(Iterator<ObjectNode> hosts, Query query) throws BadQueryException {
        super(new Guests(hosts));
        this.family = Family.of(query);
        this.port = query.number("port", 0, 0, HIGHEST_PORT);
    }

    @Override
    String begin() {
        return "[";
    }

    @Override
    String end() {
        return "\n]\n";
    }

    @Override
    String piece(List<HostView> guest) {
        Optional<HostView> host =
                guest.stream().filter(one -> !one.addresses(family).isEmpty()).findFirst();
        if (host.isEmpty()) {
            return "";
        }
        IpAddress address = host.get().addresses(family).get(0);
        ObjectNode group = JsonNodeFactory.instance.objectNode();
        group.putArray("targets").add(target(address));
        labels(group.putObject("labels"), host.get(), address);
        return listed(group.toString());
    }

    private String target(IpAddress address) {
        String host = address.isIpv4() ? address.text() : "[" + address.text() + "]";
        return port == 0 ? host : host + ":" + port;
    }

    private static void labels(ObjectNode labels, HostView host, IpAddress address) {
        labels.put(LABEL + "id", host.id());
        labels.put(LABEL + "cluster", host.cluster());
        labels.put(LABEL + "node", host.node());
        labels.put(LABEL + "type", host.type());
        labels.put(LABEL + "vmid", host.vmid());
        labels.put(LABEL + "name", host.hostname());
        labels.put(LABEL + "status", host.status());
        labels.put(LABEL + "pool", host.pool());
        labels.put(LABEL + "tags", separated(host.tags()));
        labels.put(LABEL + "os_type", host.text("/proxmox/os_type"));
        labels.put(LABEL + "address", address.text());
        labels.put(LABEL + "mac", host.mac());
        labels.put(LABEL + "interface", host.key());
        labels.put(LABEL + "bridge", host.text("/proxmox/interface/bridge"));
        labels.put(LABEL + "vlan", host.text("/proxmox/interface/vlan"));
    }

    /** With a separator around each, as Prometheus itself does it, so that a pattern can name one of them. */
    private static String separated(List<String> tags) {
        return tags.isEmpty() ? "" : "," + String.join(",", tags) + ",";
    }
}
