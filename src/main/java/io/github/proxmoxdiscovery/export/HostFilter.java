package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.IpAddress;
import io.github.proxmoxdiscovery.host.MacAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which hosts are meant. Each parameter that is there must hold; of several values of one, one must. The cluster is not
 * looked at here: whoever reads the hosts reads only those of the clusters that are meant.
 */
public final class HostFilter implements Predicate<JsonNode> {

    /** The parameters of a query that say which hosts are meant. */
    public static final Set<String> PARAMETERS =
            Set.of("cluster", "node", "tag", "status", "type", "mac", "address", "name");

    private final List<Predicate<JsonNode>> conditions = new ArrayList<>();

    private HostFilter() {}

    /**
     * Reads what is meant.
     *
     * @throws BadQueryException when a value cannot be one
     */
    public static HostFilter of(Query query) throws BadQueryException {
        HostFilter filter = new HostFilter();
        filter.equal("/proxmox/node", query.list("node"));
        filter.equal("/proxmox/status", words(query, "status"));
        filter.equal("/proxmox/type", types(query));
        filter.equal("/mac", macs(query));
        filter.tagged(query.list("tag"));
        filter.addressed(ranges(query));
        filter.named(query.list("name"));
        return filter;
    }

    private static List<String> words(Query query, String name) throws BadQueryException {
        for (String word : query.list(name)) {
            if (!word.matches("[a-z][a-z-]*")) {
                throw new BadQueryException(name + " is a word such as running or stopped");
            }
        }
        return query.list(name);
    }

    private static List<String> types(Query query) throws BadQueryException {
        List<String> types = query.list("type");
        if (!Set.of("qemu", "lxc").containsAll(types)) {
            throw new BadQueryException("type is qemu or lxc");
        }
        return types;
    }

    private static List<String> macs(Query query) throws BadQueryException {
        List<String> macs = new ArrayList<>();
        for (String mac : query.list("mac")) {
            String digits = mac.replaceAll("[:. -]", "");
            String octets = digits.replaceAll("(..)(?!$)", "$1:");
            macs.add(MacAddress.parse(octets)
                    .filter(any -> digits.length() == 12)
                    .orElseThrow(() -> new BadQueryException("mac is not the MAC address of a host"))
                    .text());
        }
        return macs;
    }

    private static List<AddressRange> ranges(Query query) throws BadQueryException {
        List<AddressRange> ranges = new ArrayList<>();
        for (String address : query.list("address")) {
            ranges.add(AddressRange.parse(address)
                    .orElseThrow(() -> new BadQueryException("address is neither an address nor address/prefix")));
        }
        return ranges;
    }

    private void equal(String path, Collection<String> values) {
        if (!values.isEmpty()) {
            Set<String> wanted = new HashSet<>(values);
            conditions.add(host -> wanted.contains(host.at(path).asText()));
        }
    }

    private void tagged(Collection<String> tags) {
        if (!tags.isEmpty()) {
            conditions.add(host -> any(host.at("/proxmox/tags"), tags::contains));
        }
    }

    private void addressed(List<AddressRange> ranges) {
        if (!ranges.isEmpty()) {
            conditions.add(host -> any(host.path("ip_addresses"), address -> isIn(address, ranges)));
        }
    }

    private static boolean isIn(String address, List<AddressRange> ranges) {
        return IpAddress.parse(address)
                .filter(one -> ranges.stream().anyMatch(range -> range.contains(one)))
                .isPresent();
    }

    private void named(Collection<String> parts) {
        if (!parts.isEmpty()) {
            List<String> lower =
                    parts.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
            conditions.add(host -> {
                String name = host.path("hostname").asText().toLowerCase(Locale.ROOT);
                return lower.stream().anyMatch(name::contains);
            });
        }
    }

    private static boolean any(JsonNode list, Predicate<String> condition) {
        for (JsonNode one : list) {
            if (condition.test(one.asText())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean test(JsonNode host) {
        return conditions.stream().allMatch(condition -> condition.test(host));
    }
}
