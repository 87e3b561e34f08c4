package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.host.IpAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Hosts for a name server: as lines of hosts(5), or as {@code dhcp-host} lines of dnsmasq. The first interface of a
 * guest that has an address has the name of the guest, the others its name and their key.
 */
public final class HostsFile extends Chunks<List<HostView>> {

    private static final String DOMAIN = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*";

    private final Names names;
    private final Family family;
    private final boolean dnsmasq;
    private final String domain;

    /**
     * @param hosts may be gone through twice
     * @throws BadQueryException when {@code format}, {@code domain} or {@code family} cannot be one
     */
    public HostsFile(Supplier<Iterator<ObjectNode>> hosts, Query query) throws BadQueryException {
        super(new Guests(hosts.get()));
        this.family = Family.of(query);
        this.dnsmasq = query.oneOf("format", "hosts", "dnsmasq")
                .filter("dnsmasq"::equals)
                .isPresent();
        this.domain = domain(query).map(name -> "." + name).orElse("");
        this.names = new Names(new Guests(hosts.get()), HostsFile::wish, DnsName::with);
    }

    private static Optional<String> domain(Query query) throws BadQueryException {
        Optional<String> domain = query.one("domain");
        if (domain.isPresent() && (!domain.get().matches(DOMAIN) || domain.get().length() > 180)) {
            throw new BadQueryException("domain is not the name of a domain in lower case, such as lab.example.com");
        }
        return domain;
    }

    private static String wish(HostView guest) {
        return DnsName.label(guest.hostname(), fallback(guest));
    }

    private static String fallback(HostView guest) {
        return ("lxc".equals(guest.type()) ? "ct-" : "vm-") + guest.vmid();
    }

    @Override
    String piece(List<HostView> guest) {
        String name = names.of(guest.get(0));
        StringBuilder lines = new StringBuilder();
        boolean first = true;
        for (HostView host : guest) {
            List<IpAddress> addresses = host.addresses(family);
            if (!addresses.isEmpty()) {
                String label = first ? name : names.further(DnsName.with(name, host.key()), host);
                lines.append(dnsmasq ? lease(host, addresses, label) : entries(addresses, label));
                first = false;
            }
        }
        return lines.toString();
    }

    private String entries(List<IpAddress> addresses, String label) {
        StringBuilder lines = new StringBuilder();
        for (IpAddress address : addresses) {
            lines.append(address.text()).append('\t').append(label).append(domain);
            lines.append(domain.isEmpty() ? "" : " " + label).append('\n');
        }
        return lines.toString();
    }

    /** One address of each family: dnsmasq gives a client one. */
    private static String lease(HostView host, List<IpAddress> addresses, String label) {
        StringBuilder line = new StringBuilder("dhcp-host=").append(host.mac());
        addresses.stream()
                .filter(IpAddress::isIpv4)
                .findFirst()
                .ifPresent(one -> line.append(',').append(one.text()));
        addresses.stream()
                .filter(one -> !one.isIpv4())
                .findFirst()
                .ifPresent(one -> line.append(",[").append(one.text()).append(']'));
        return line.append(',').append(label).append('\n').toString();
    }
}
