package io.github.proxmoxdiscovery.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The truth about one network interface of a synthetic guest.
 *
 * @param mac upper case
 * @param configured static addresses in the config, at most one of a family
 * @param observed what the guest has while it runs
 * @param child what an interface above it (a VLAN) has, with the same MAC
 */
record SyntheticNic(
        int index,
        String mac,
        @Nullable Integer vlan,
        String bridge,
        List<TrueAddress> configured,
        List<TrueAddress> observed,
        List<TrueAddress> child) {

    String key() {
        return "net" + index;
    }

    String name() {
        return "eth" + index;
    }

    String lowerMac() {
        return mac.toLowerCase(Locale.ROOT);
    }

    /** A line as a VM has it, in one of the spellings that Proxmox accepts. */
    String qemuLine(Random random) {
        List<String> parts = new ArrayList<>();
        boolean spelledOut = random.nextInt(5) == 0;
        parts.add(spelledOut ? "macaddr=" + lowerMac() : "virtio=" + mac);
        if (spelledOut) {
            parts.add("model=virtio");
        }
        addCommon(parts, random);
        return joined(parts, random);
    }

    /** A line as a container has it. */
    String lxcLine(Random random) {
        List<String> parts = new ArrayList<>(List.of("name=" + name(), "hwaddr=" + mac, "type=veth"));
        configured.forEach(address -> parts.add((address.ipv6() ? "ip6=" : "ip=") + address.withPrefix()));
        if (configured.isEmpty()) {
            parts.add("ip=dhcp");
        }
        addCommon(parts, random);
        return joined(parts, random);
    }

    /** The cloud-init line; there is one only with static addresses. */
    String ipConfigLine() {
        return String.join(
                ",",
                configured.stream()
                        .map(address -> (address.ipv6() ? "ip6=" : "ip=") + address.withPrefix())
                        .toList());
    }

    /** What was observed wins; where there is nothing, the configured addresses stand. */
    List<String> expected(boolean seen) {
        List<TrueAddress> all = new ArrayList<>(observed);
        all.addAll(child);
        List<String> found = seen ? TrueAddress.expected(all) : List.of();
        return found.isEmpty() ? TrueAddress.expected(configured) : found;
    }

    private void addCommon(List<String> parts, Random random) {
        parts.add("bridge=" + bridge);
        if (vlan != null) {
            parts.add("tag=" + vlan);
        }
        if (random.nextBoolean()) {
            parts.add("firewall=1");
        }
    }

    private static String joined(List<String> parts, Random random) {
        if (random.nextInt(3) == 0) {
            Collections.shuffle(parts, random);
        }
        return String.join(",", parts);
    }
}
