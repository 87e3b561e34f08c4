package io.github.proxmoxdiscovery.pve;

import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.IpAddress;
import io.github.proxmoxdiscovery.host.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network line of a guest, {@code net0} to {@code net31} (PVE/QemuServer/Network.pm, PVE/LXC/Config.pm). Proxmox drops
 * a line of a virtual machine that it cannot read, but hands on one of a container: so a field that makes no sense is
 * null, is named in {@code bad}, and leaves the others as they are.
 *
 * @param mac empty if the line has none, or none that is valid
 * @param hasMac whether the line has one, valid or not
 * @param name the name inside a container
 * @param model the emulated card of a virtual machine
 * @param addresses configured for a container
 * @param bad what makes no sense in the line, in words
 */
record NetLine(
        Optional<MacAddress> mac,
        boolean hasMac,
        @Nullable String name,
        @Nullable String model,
        @Nullable String bridge,
        @Nullable Integer vlan,
        @Nullable String trunks,
        @Nullable Boolean firewall,
        @Nullable Boolean linkDown,
        @Nullable Integer mtu,
        List<Cidr> addresses,
        List<String> bad) {

    private static final Set<String> MODELS = Set.of(
            "e1000",
            "e1000-82540em",
            "e1000-82544gc",
            "e1000-82545em",
            "e1000e",
            "i82551",
            "i82557b",
            "i82559er",
            "ne2k_isa",
            "ne2k_pci",
            "pcnet",
            "rtl8139",
            "virtio",
            "vmxnet3");

    private static final Set<String> LXC_KEYS = Set.of(
            "name",
            "hwaddr",
            "type",
            "bridge",
            "ip",
            "ip6",
            "gw",
            "gw6",
            "tag",
            "trunks",
            "firewall",
            "rate",
            "mtu",
            "link_down",
            "host-managed");

    /** Possessive, so that the time it takes grows with the length of the text and not with its square. */
    private static final Pattern RATE = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?+|\\.\\d++)([eE][+-]?\\d++)?+");

    private static final int MAX_MTU_QEMU = 65520;
    private static final int MIN_MTU_LXC = 64;
    private static final int MAX_MTU_LXC = 65535;

    static NetLine parse(GuestType type, String text) {
        return type == GuestType.QEMU ? qemu(text) : lxc(text);
    }

    /** Keys that are not known are let be: a later Proxmox may have more of them, and has checked the line. */
    private static NetLine qemu(String text) {
        PropertyString line = PropertyString.parse(text, "model");
        NetFields fields = new NetFields(line);
        List<String> cards = line.keys().stream().filter(MODELS::contains).toList();
        String macKey = cards.isEmpty() ? "macaddr" : cards.get(0);
        boolean hasMac = line.has("macaddr") || !cards.isEmpty();
        boolean twice = cards.size() + (line.has("model") ? 1 : 0) > 1 || !cards.isEmpty() && line.has("macaddr");
        if (twice) {
            fields.bad("more than one card");
        }
        return new NetLine(
                twice ? Optional.empty() : fields.mac(macKey),
                hasMac,
                null,
                model(cards, line, fields),
                fields.bridge(),
                fields.vlan(),
                fields.trunks(GuestType.QEMU),
                fields.flag("firewall"),
                fields.flag("link_down"),
                fields.number("mtu", 1, MAX_MTU_QEMU),
                List.of(),
                fields.bad());
    }

    private static @Nullable String model(List<String> cards, PropertyString line, NetFields fields) {
        Optional<String> model = cards.isEmpty() ? line.get("model") : Optional.of(cards.get(0));
        if (model.filter(MODELS::contains).isEmpty()) {
            fields.bad("model");
            return null;
        }
        return model.get();
    }

    private static NetLine lxc(String text) {
        PropertyString line = PropertyString.parse(text);
        NetFields fields = new NetFields(line);
        fields.onlyKnown(LXC_KEYS);
        fields.required("name");
        fields.check("type", "veth"::equals);
        fields.check("rate", RATE.asMatchPredicate());
        fields.check("host-managed", flag -> PropertyString.bool(flag).isPresent());
        fields.check("gw", address -> isAddress(address, true));
        fields.check("gw6", address -> isAddress(address, false));
        Optional<Cidr> ip = fields.address("ip", Set.of("dhcp", "manual"), Cidr::parseV4);
        Optional<Cidr> ip6 = fields.address("ip6", Set.of("auto", "dhcp", "manual"), Cidr::parseV6);
        return new NetLine(
                fields.mac("hwaddr"),
                line.has("hwaddr"),
                fields.name(),
                null,
                fields.bridge(),
                fields.vlan(),
                fields.trunks(GuestType.LXC),
                fields.flag("firewall"),
                fields.flag("link_down"),
                fields.number("mtu", MIN_MTU_LXC, MAX_MTU_LXC),
                Stream.of(ip, ip6).flatMap(Optional::stream).toList(),
                fields.bad());
    }

    private static boolean isAddress(String text, boolean ipv4) {
        return text.indexOf('%') < 0
                && IpAddress.parse(text)
                        .filter(address -> address.isIpv4() == ipv4)
                        .isPresent();
    }
}
