package io.github.proxmoxdiscovery.pve;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts and JSON as nobody should send them, made of pieces of what Proxmox does send. */
final class AnyText {

    private static final String[] KEYS = {
        "virtio", "e1000", "model", "macaddr", "hwaddr", "bridge", "tag", "trunks", "firewall", "link_down", "mtu",
                "rate",
        "queues", "name", "type", "ip", "ip6", "gw", "gw6", "host-managed", "enabled", "uuid", "nonsense", ""
    };

    private static final String[] VALUES = {
        "BC:24:11:00:00:01",
        "bc:24:11:aa:bb:cc",
        "01:00:5E:00:00:01",
        "00:00:00:00:00:00",
        "vmbr0",
        "eth0",
        "veth",
        "1",
        "0",
        "yes",
        "ON",
        "4094",
        "4095",
        "-1",
        "1;2;3",
        "2-5;7",
        "9000",
        "1.5e3",
        "10.0.0.5/24",
        "10.0.0.5",
        "dhcp",
        "auto",
        "manual",
        "2001:DB8::1/64",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "a=b",
        "",
        " ",
        "\u0000",
        "\u0660",
        "wéb",
        "wÃ©b"
    };

    private AnyText() {}

    static Arbitrary<String> text() {
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(60), Arbitraries.of(VALUES), line());
    }

    /** Parts joined by commas, most of them of a form that Proxmox knows. */
    static Arbitrary<String> line() {
        Arbitrary<String> part = Combinators.combine(Arbitraries.of(KEYS), Arbitraries.of(VALUES))
                .as((key, value) -> key.isEmpty() ? value : key + "=" + value);
        return part.list().ofMaxSize(8).map(parts -> String.join(",", parts));
    }
}
