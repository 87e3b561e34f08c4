package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5/24, 10.0.0.5, 24",
        "10.0.0.5/8, 10.0.0.5, 8",
        "10.0.0.5/32, 10.0.0.5, 32",
        "2001:DB8::5/64, 2001:db8::5, 64",
        "fd00::1/8, fd00::1, 8",
        "fd00::1/128, fd00::1, 128"
    })
    void readsAnAddressWithItsPrefix(String text, String address, int prefix) {
        Cidr cidr = Cidr.parse(text).orElseThrow();
        assertThat(cidr.address()).hasToString(address);
        assertThat(cidr.prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.5",
                "10.0.0.5/",
                "10.0.0.5/7",
                "10.0.0.5/33",
                "10.0.0.5/-1",
                "10.0.0.5/24/24",
                "10.0.0.5/255.255.255.0",
                "10.0.0.5/9999999999",
                "10.0.0/24",
                "/24",
                "dhcp",
                "fd00::1/129",
                "fd00::1/7",
                "fe80::1%eth0/64",
                " 10.0.0.5/24",
                "10.0.0.5/24 ",
                "10.0.0.5 /24",
                "host/24"
            })
    void refusesWhatProxmoxRefuses(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }

    @Test
    void keepsTheFamiliesApart() {
        assertThat(Cidr.parseV4("10.0.0.5/24")).isPresent();
        assertThat(Cidr.parseV6("10.0.0.5/24")).isEmpty();
        assertThat(Cidr.parseV4("fd00::1/64")).isEmpty();
        assertThat(Cidr.parseV6("fd00::1/64")).isPresent();
    }
}
