package io.github.proxmoxdiscovery.pve;

import io.github.proxmoxdiscovery.host.AddressSource;
import io.github.proxmoxdiscovery.host.DiscoveredHost.Address;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.IpAddress;
import io.github.proxmoxdiscovery.host.MacAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one configured interface: those seen on interfaces of the guest with the same MAC, or, where nothing
 * was seen, those configured.
 *
 * @param names the guest's own names of these interfaces, each once
 * @param truncated whether some were left out because there are too many
 * @param stale whether the addresses were seen before, and could not be checked this time
 */
record InterfaceAddresses(List<Address> addresses, List<String> names, boolean truncated, boolean stale) {

    /** An interface with more addresses than this is not listed whole. */
    static final int MAX = 256;

    static InterfaceAddresses of(GuestReading reading, MacAddress mac, Collection<Cidr> configured) {
        LastSeen last = lastSeen(reading, mac);
        List<GuestInterface> seen = last == null ? with(mac, reading.agent().interfaces()) : last.interfaces();
        SortedMap<IpAddress, Address> addresses = observed(reading, seen, last);
        boolean stale = last != null;
        if (addresses.isEmpty()) {
            stale = false;
            addresses = sorted(
                    reading,
                    configured.stream()
                            .map(cidr -> new Address(
                                    cidr.address(), cidr.prefix(), AddressSource.CONFIG, reading.readAt(), false)));
        }
        List<String> names = seen.stream()
                .map(GuestInterface::name)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        boolean truncated = addresses.size() > MAX || names.size() > MAX;
        return new InterfaceAddresses(
                addresses.values().stream().limit(MAX).toList(),
                names.stream().limit(MAX).toList(),
                truncated,
                stale);
    }

    /** What was seen before, if the guest runs and did not answer this time; else null. */
    private static @Nullable LastSeen lastSeen(GuestReading reading, MacAddress mac) {
        LastSeen last = reading.lastSeen();
        if (reading.agent().state().isConclusive() || last == null) {
            return null;
        }
        List<GuestInterface> seen = with(mac, last.interfaces());
        return seen.isEmpty() ? null : new LastSeen(seen, last.at());
    }

    private static List<GuestInterface> with(MacAddress mac, List<GuestInterface> interfaces) {
        return interfaces.stream()
                .filter(candidate -> candidate.mac().filter(mac::equals).isPresent())
                .toList();
    }

    private static SortedMap<IpAddress, Address> observed(
            GuestReading reading, List<GuestInterface> seen, @Nullable LastSeen last) {
        AddressSource source = reading.guest().type() == GuestType.QEMU ? AddressSource.AGENT : AddressSource.LXC;
        Instant at = last == null ? Objects.requireNonNullElse(reading.agentCheckedAt(), reading.readAt()) : last.at();
        return sorted(
                reading,
                seen.stream()
                        .flatMap(candidate -> candidate.addresses().stream())
                        .map(address -> new Address(address.address(), address.prefix(), source, at, last != null)));
    }

    private static SortedMap<IpAddress, Address> sorted(GuestReading reading, Stream<Address> addresses) {
        SortedMap<IpAddress, Address> sorted = new TreeMap<>();
        addresses
                .filter(address -> address.address().isHost())
                .filter(address -> reading.keepLinkLocal() || !address.address().isLinkLocal())
                .forEach(address -> sorted.putIfAbsent(address.address(), address));
        return sorted;
    }
}
