package io.github.proxmoxdiscovery.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "255.255.255.254, 255.255.255.254",
        // RFC 5952, 4.1: no leading zeros
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0000:0001:0000:0001:0000:0001, 2001:db8:0:1:0:1:0:1",
        // 4.2.1: as short as possible
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:0:0:0:0, 2001:db8::",
        // 4.2.2: one group of zeros is not shortened
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        // 4.2.3: the longest run, and of two alike the first
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        // 4.3: lower case
        "2001:DB8::ABCD:EF, 2001:db8::abcd:ef",
        // an IPv4-mapped address is its IPv4 address
        "::ffff:10.0.0.1, 10.0.0.1",
        "::FFFF:a00:1, 10.0.0.1",
        // zones
        "fe80::1%eth0, fe80::1",
        "fe80::1%12, fe80::1",
        "fe80::1%Ethernet 2, fe80::1",
        "fe80::1%, fe80::1"
    })
    void writesTheTextOfRfc5952(String text, String expected) {
        assertThat(IpAddress.parse(text)).map(IpAddress::text).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "%eth0",
                "10.0.0",
                "10.0.0.0.1",
                "10.0.0.256",
                "10.0.0.-1",
                "010.0.0.1",
                "10.00.0.1",
                "0x0a.0.0.1",
                "167772161",
                " 10.0.0.1",
                "10.0.0.1 ",
                "10.0.0.1\n",
                "10.0.0.1/24",
                "[::1]",
                "2001:db8::1::2",
                "2001:db8",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "::g",
                "dhcp",
                "localhost",
                "example.com",
                "www"
            })
    void refusesWhatIsNoAddressWithoutAskingAnyNameServer(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "::1",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "224.0.0.1",
                "239.255.255.255",
                "ff02::1",
                "ff00::",
                "255.255.255.255",
                "::ffff:127.0.0.1",
                "::ffff:0.0.0.0",
                "::ffff:224.0.0.1"
            })
    void isNoHost(String text) {
        assertThat(ip(text).isHost()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "1.0.0.0",
                "100.64.0.1",
                "126.255.255.255",
                "128.0.0.0",
                "223.255.255.255",
                "169.254.0.1",
                "2001:db8::1",
                "fd00::1",
                "fec0::1",
                "fe80::1",
                "64:ff9b::1",
                "::2"
            })
    void isAHost(String text) {
        assertThat(ip(text).isHost()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "169.254.0.0, true",
        "169.254.255.255, true",
        "169.253.255.255, false",
        "169.255.0.0, false",
        "fe80::, true",
        "febf:ffff::, true",
        "fec0::, false",
        "fe7f:ffff::, false",
        "10.0.0.1, false"
    })
    void knowsLinkLocalAddresses(String text, boolean expected) {
        assertThat(ip(text).isLinkLocal()).isEqualTo(expected);
    }

    @Test
    void sortsIpv4BeforeIpv6AndEachByNumber() {
        List<String> sorted = List.of(
                "1.2.3.4",
                "9.0.0.0",
                "10.0.0.9",
                "10.0.0.10",
                "127.255.255.255",
                "128.0.0.0",
                "255.255.255.255",
                "::2",
                "2001:db8::9",
                "2001:db8::10",
                "7fff::",
                "8000::",
                "ffff::");
        Stream<String> again = sorted.stream().map(IpAddressTest::ip).sorted().map(IpAddress::text);
        assertThat(again).containsExactlyElementsOf(sorted);
        List<String> reversed = sorted.stream()
                .map(IpAddressTest::ip)
                .sorted((a, b) -> b.compareTo(a))
                .map(IpAddress::text)
                .toList();
        assertThat(reversed.get(0)).isEqualTo("ffff::");
        assertThat(reversed.get(reversed.size() - 1)).isEqualTo("1.2.3.4");
    }

    @Test
    void isTheSameAddressInEverySpelling() {
        assertThat(ip("2001:DB8:0:0::1%eth0")).isEqualTo(ip("2001:db8::1")).hasSameHashCodeAs(ip("2001:db8::1"));
        assertThat(ip("2001:db8::1").compareTo(ip("2001:0db8::0001"))).isZero();
        assertThat(ip("::ffff:10.0.0.1")).isEqualTo(ip("10.0.0.1"));
        assertThat(ip("10.0.0.1")).isNotEqualTo(ip("10.0.0.2")).isNotEqualTo("10.0.0.1");
    }

    @Test
    void knowsTheBitsOfItsFamily() {
        assertThat(ip("10.0.0.1").bits()).isEqualTo(32);
        assertThat(ip("2001:db8::1").bits()).isEqualTo(128);
    }

    private static IpAddress ip(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
