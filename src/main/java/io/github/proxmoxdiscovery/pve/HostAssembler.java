package io.github.proxmoxdiscovery.pve;

import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.host.DiscoveredHost.GuestFacts;
import io.github.proxmoxdiscovery.host.DiscoveredHost.NetworkInterface;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.HostId;
import io.github.proxmoxdiscovery.host.MacAddress;
import io.github.proxmoxdiscovery.host.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Makes one host of each network interface of a guest that has a MAC. */
public final class HostAssembler {

    /**
     * Something that is to be reported.
     *
     * @param where the guest, or one of its interfaces
     */
    public record Finding(String where, Reason reason, String message) {}

    /** The hosts of a guest, and what was odd about it. */
    public record Assembly(List<DiscoveredHost> hosts, List<Finding> findings) {}

    private final GuestReading reading;
    private final Guest guest;
    private final GuestConfig config;
    private final List<DiscoveredHost> hosts = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private HostAssembler(GuestReading reading) {
        this.reading = reading;
        this.guest = reading.guest();
        this.config = reading.config();
    }

    public static Assembly assemble(GuestReading reading) {
        HostAssembler assembler = new HostAssembler(reading);
        assembler.noteGuest();
        reading.config().networkLines().forEach(assembler::add);
        return new Assembly(List.copyOf(assembler.hosts), List.copyOf(assembler.findings));
    }

    private void noteGuest() {
        String where = reading.cluster() + "/" + guest.type().text() + "/" + guest.vmid();
        Optional<Reason> agent = reading.notes().contains(Reason.AGENT_BACKOFF)
                ? Optional.of(Reason.AGENT_BACKOFF)
                : reading.agent().state().reason();
        agent.ifPresent(reason ->
                findings.add(new Finding(where, reason, reading.agent().message())));
        if (Guest.UNKNOWN.equals(guest.status())) {
            findings.add(
                    new Finding(where, Reason.STATUS_UNKNOWN, "neither the cluster nor the node tells its status"));
        }
    }

    private void add(int number, String text) {
        HostId id = new HostId(reading.cluster(), guest.type(), guest.vmid(), "net" + number);
        NetLine line = NetLine.parse(guest.type(), text);
        Optional<MacAddress> mac = line.mac();
        if (mac.isPresent()) {
            DiscoveredHost host = host(id, mac.get(), line, number);
            hosts.add(host);
            reportInterface(host, line);
        } else if (line.hasMac() || !line.bad().isEmpty()) {
            findings.add(new Finding(id.text(), Reason.BAD_NET_LINE, badness(line) + "; there is no usable MAC in it"));
        } else {
            findings.add(new Finding(id.text(), Reason.NO_MAC, "the interface has no MAC in the guest's config"));
        }
    }

    private void reportInterface(DiscoveredHost host, NetLine line) {
        if (!line.bad().isEmpty()) {
            findings.add(new Finding(host.id().text(), Reason.BAD_NET_LINE, badness(line)));
        }
        if (host.notes().contains(Reason.ADDRESSES_STALE)) {
            String at = DiscoveredHost.text(host.addresses().get(0).observedAt());
            findings.add(
                    new Finding(host.id().text(), Reason.ADDRESSES_STALE, "its addresses were last seen at " + at));
        }
        if (host.notes().contains(Reason.TRUNCATED)) {
            findings.add(new Finding(
                    host.id().text(), Reason.TRUNCATED, "more than " + InterfaceAddresses.MAX + " addresses or names"));
        }
    }

    private static String badness(NetLine line) {
        return "the network line makes no sense in: " + String.join(", ", line.bad());
    }

    private DiscoveredHost host(HostId id, MacAddress mac, NetLine line, int number) {
        List<Cidr> configured =
                guest.type() == GuestType.QEMU ? config.ipConfigs().getOrDefault(number, List.of()) : line.addresses();
        InterfaceAddresses found = InterfaceAddresses.of(reading, mac, configured);
        return new DiscoveredHost(
                id,
                mac,
                Objects.requireNonNullElse(config.name(), guest.type().nameOf(guest.vmid())),
                reading.readAt(),
                reading.runId(),
                facts(),
                networkInterface(line, found),
                found.addresses(),
                reading.agent().state(),
                reading.agentCheckedAt(),
                notes(line, found));
    }

    private GuestFacts facts() {
        return new GuestFacts(
                guest.node(),
                config.name(),
                config.guestUuid(),
                guest.status(),
                guest.template() || config.template(),
                Objects.requireNonNullElse(config.tags(), guest.tags()),
                guest.pool(),
                config.osType());
    }

    private static NetworkInterface networkInterface(NetLine line, InterfaceAddresses found) {
        String first = found.names().isEmpty() ? null : found.names().get(0);
        return new NetworkInterface(
                line.name() == null ? first : line.name(),
                line.model(),
                line.bridge(),
                line.vlan(),
                line.trunks(),
                line.firewall(),
                line.linkDown(),
                line.mtu(),
                found.names());
    }

    private List<Reason> notes(NetLine line, InterfaceAddresses found) {
        Set<Reason> notes = new LinkedHashSet<>(reading.notes());
        reading.agent().state().reason().ifPresent(notes::add);
        if (Guest.UNKNOWN.equals(guest.status())) {
            notes.add(Reason.STATUS_UNKNOWN);
        }
        if (!line.bad().isEmpty()) {
            notes.add(Reason.BAD_NET_LINE);
        }
        if (found.stale()) {
            notes.add(Reason.ADDRESSES_STALE);
        }
        if (found.truncated()) {
            notes.add(Reason.TRUNCATED);
        }
        return List.copyOf(notes);
    }
}
