package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.MacAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A line that Proxmox could have written says the same when it is read. */
class NetLineRoundTripTest {

    private static final String SEED = ParsersTakeAnythingTest.SEED;

    /** @param upper whether the MAC is written in upper case, as Proxmox does */
    record Nic(String mac, boolean upper, String bridge, int vlan, boolean firewall, boolean linkDown, int mtu) {

        String writtenMac() {
            return upper ? mac.toUpperCase(Locale.ROOT) : mac;
        }

        List<String> fields() {
            return List.of(
                    "bridge=" + bridge,
                    "tag=" + vlan,
                    "firewall=" + (firewall ? 1 : 0),
                    "link_down=" + (linkDown ? 1 : 0),
                    "mtu=" + mtu);
        }
    }

    @Property(seed = SEED)
    void theLineOfAVmSaysTheSameInAnyOrder(
            @ForAll("nics") Nic nic, @ForAll("models") String model, @ForAll int spelling, @ForAll long order) {
        List<String> fields = new ArrayList<>(nic.fields());
        switch (Math.floorMod(spelling, 3)) {
            case 0 -> fields.add(model + "=" + nic.writtenMac());
            case 1 -> fields.addAll(List.of("model=" + model, "macaddr=" + nic.writtenMac()));
            default -> fields.addAll(List.of(model, "macaddr=" + nic.writtenMac()));
        }
        NetLine line = NetLine.parse(GuestType.QEMU, shuffled(fields, order));
        assertSame(line, nic);
        assertThat(line.model()).isEqualTo(model);
        assertThat(line.name()).isNull();
    }

    @Property(seed = SEED)
    void theLineOfAContainerSaysTheSameInAnyOrder(
            @ForAll("nics") Nic nic, @ForAll("bridges") String name, @ForAll long order) {
        List<String> fields = new ArrayList<>(nic.fields());
        fields.addAll(List.of("name=" + name, "hwaddr=" + nic.writtenMac(), "type=veth", "ip=10.1.2.3/24", "ip6=auto"));
        NetLine line = NetLine.parse(GuestType.LXC, shuffled(fields, order));
        assertSame(line, nic);
        assertThat(line.model()).isNull();
        assertThat(line.name()).isEqualTo(name);
        assertThat(line.addresses()).extracting(cidr -> cidr.address().text()).containsExactly("10.1.2.3");
    }

    private static void assertSame(NetLine line, Nic nic) {
        assertThat(line.bad()).isEmpty();
        assertThat(line.mac()).map(MacAddress::text).contains(nic.mac());
        assertThat(line.bridge()).isEqualTo(nic.bridge());
        assertThat(line.vlan()).isEqualTo(nic.vlan());
        assertThat(line.firewall()).isEqualTo(nic.firewall());
        assertThat(line.linkDown()).isEqualTo(nic.linkDown());
        assertThat(line.mtu()).isEqualTo(nic.mtu());
    }

    private static String shuffled(List<String> fields, long order) {
        Collections.shuffle(fields, new Random(order));
        return String.join(",", fields);
    }

    @Provide
    Arbitrary<Nic> nics() {
        Arbitrary<String> macs = Arbitraries.integers()
                .between(0, 255)
                .list()
                .ofSize(6)
                .map(bytes -> "%02x".formatted(bytes.get(0) & 0xfe)
                        + bytes.subList(1, 6).stream().map(":%02x"::formatted).collect(Collectors.joining()));
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        return Combinators.combine(
                        macs,
                        flags,
                        bridges(),
                        Arbitraries.integers().between(1, 4094),
                        flags,
                        flags,
                        Arbitraries.integers().between(64, 65520))
                .as(Nic::new);
    }

    @Provide
    Arbitrary<String> bridges() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars("-_.")
                .ofMinLength(1)
                .ofMaxLength(15);
    }

    @Provide
    Arbitrary<String> models() {
        return Arbitraries.of("virtio", "e1000", "e1000e", "e1000-82540em", "vmxnet3", "rtl8139", "ne2k_pci", "pcnet");
    }
}
