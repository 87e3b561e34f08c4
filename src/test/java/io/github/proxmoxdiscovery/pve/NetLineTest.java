package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.host.GuestType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetLineTest {

    private static final String MAC = "BC:24:11:00:00:01";

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "vmxnet3"
            })
    void knowsEveryModelInEverySpelling(String model) {
        for (String text :
                new String[] {model + "=" + MAC, "macaddr=" + MAC + "," + model, "macaddr=" + MAC + ",model=" + model
                }) {
            NetLine line = NetLine.parse(GuestType.QEMU, text);
            assertThat(line.model()).isEqualTo(model);
            assertThat(line.mac()).hasToString("Optional[bc:24:11:00:00:01]");
            assertThat(line.bad()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "virtio=BC:24:11:00:00:01,e1000=BC:24:11:00:00:02",
                "virtio=BC:24:11:00:00:01,macaddr=BC:24:11:00:00:02",
                "virtio=BC:24:11:00:00:01,virtio=BC:24:11:00:00:01",
                "virtio=BC:24:11:00:00:01,model=e1000",
                "virtio=BD:24:11:00:00:01",
                "virtio=BC-24-11-00-00-01",
                "virtio= BC:24:11:00:00:01",
                "virtio==BC:24:11:00:00:01",
                "Virtio=BC:24:11:00:00:01",
                " virtio=BC:24:11:00:00:01",
                "virtio-net-pci=BC:24:11:00:00:01",
                "hwaddr=BC:24:11:00:00:01,virtio",
                "BC:24:11:00:00:01",
                "macaddr",
                ""
            })
    void takesNoMacFromALineThatProxmoxWouldNotRead(String text) {
        assertThat(NetLine.parse(GuestType.QEMU, text).mac()).isEmpty();
    }

    @Test
    void letsUnknownKeysOfAVirtualMachineBe() {
        NetLine line = NetLine.parse(GuestType.QEMU, "virtio=" + MAC + ",host-tunnel=1,from-the-future=x");
        assertThat(line.bad()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tag=0, tag",
        "tag=4095, tag",
        "tag=-1, tag",
        "tag=x, tag",
        "tag=1.5, tag",
        "tag=99999999999, tag",
        "mtu=63, mtu",
        "mtu=65536, mtu",
        "firewall=2, firewall",
        "link_down=maybe, link_down",
        "bridge=a b, bridge",
        "trunks=1-5, trunks",
        "trunks=1:2, trunks",
        "trunks=;, trunks",
        "ip=10.0.0.1, ip",
        "ip=10.0.0.1/7, ip",
        "ip=auto, ip",
        "ip=fd00::1/64, ip",
        "ip=DHCP, ip",
        "ip6=10.0.0.1/24, ip6",
        "ip6=fd00::1, ip6",
        "gw=10.0.0.1/24, gw",
        "gw=fd00::1, gw",
        "gw6=10.0.0.1, gw6",
        "gw6=fe80::1%eth0, gw6",
        "gw6=fe80:, gw6",
        "type=phys, type",
        "rate=fast, rate",
        "host-managed=x, host-managed"
    })
    void namesTheBadFieldOfAContainersLineAndKeepsTheOthers(String field, String named) {
        NetLine line = NetLine.parse(GuestType.LXC, "name=eth0,hwaddr=" + MAC + "," + field);
        assertThat(line.bad()).containsExactly(named);
        assertThat(line.mac()).hasToString("Optional[bc:24:11:00:00:01]");
        assertThat(line.name()).isEqualTo("eth0");
        assertThat(line.vlan()).isNull();
        assertThat(line.mtu()).isNull();
        assertThat(line.bridge()).isNull();
        assertThat(line.trunks()).isNull();
        assertThat(line.addresses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip=dhcp",
                "ip=manual",
                "ip6=auto",
                "ip6=dhcp",
                "ip6=manual",
                "gw=10.0.0.1",
                "gw6=fe80::1",
                "rate=10",
                "rate=3.5",
                "type=veth",
                "host-managed=1",
                "trunks=1;2;3",
                "tag=4094",
                "mtu=65535",
                "mtu=64",
                "link_down=1"
            })
    void findsNothingBadInAFieldThatProxmoxAllows(String field) {
        assertThat(NetLine.parse(GuestType.LXC, "name=eth0,hwaddr=" + MAC + "," + field)
                        .bad())
                .isEmpty();
    }

    @Test
    void aContainersLineHasNoBareValueAndNeedsAName() {
        assertThat(NetLine.parse(GuestType.LXC, "veth,name=eth0").bad()).containsExactly("its form");
        assertThat(NetLine.parse(GuestType.LXC, "hwaddr=" + MAC).bad()).containsExactly("no name");
        assertThat(NetLine.parse(GuestType.LXC, "name=eth0,bogus=1").bad()).containsExactly("the key 'bogus'");
    }
}
