package io.github.proxmoxdiscovery.pve;

import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts of addresses of both families, in every spelling, and of some that are none. */
final class AnyAddress {

    private AnyAddress() {}

    static Arbitrary<String> text() {
        Arbitrary<String> four = Arbitraries.integers()
                .between(0, 255)
                .list()
                .ofSize(4)
                .map(bytes -> bytes.stream().map(String::valueOf).collect(Collectors.joining(".")));
        Arbitrary<String> six = Arbitraries.frequencyOf(
                        Tuple.of(2, Arbitraries.just(0)),
                        Tuple.of(3, Arbitraries.integers().between(0, 0xffff)))
                .list()
                .ofSize(8)
                .map(groups -> groups.stream().map("%04X"::formatted).collect(Collectors.joining(":")));
        Arbitrary<String> odd = Arbitraries.of(
                "127.0.0.1",
                "::1",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "ff02::1",
                "255.255.255.255",
                "169.254.1.1",
                "fe80::1%eth0",
                "::ffff:10.0.0.1",
                "10.0.0.1/24",
                "010.0.0.1",
                "1.2.3",
                "2001:DB8::1",
                "x",
                "");
        return Arbitraries.oneOf(four, six, six.map(text -> text + "%12"), odd);
    }
}
