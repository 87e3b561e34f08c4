package io.github.proxmoxdiscovery.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

    @ParameterizedTest
    @CsvSource({
        "BC:24:11:AA:BB:01, bc:24:11:aa:bb:01",
        "bc:24:11:aa:bb:01, bc:24:11:aa:bb:01",
        "bC:24:11:Aa:bB:01, bc:24:11:aa:bb:01",
        "02:00:00:00:00:00, 02:00:00:00:00:00",
        "fe:ff:ff:ff:ff:ff, fe:ff:ff:ff:ff:ff"
    })
    void readsUnicastAddressesInAnyCase(String text, String expected) {
        assertThat(MacAddress.parse(text)).map(MacAddress::text).contains(expected);
        assertThat(MacAddress.parse(text)).hasToString("Optional[" + expected + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01:00:5e:00:00:01",
                "ff:ff:ff:ff:ff:ff",
                "bd:24:11:00:00:01",
                "bc-24-11-00-00-01",
                "bc24.1100.0001",
                "bc2411000001",
                "bc:24:11:00:00",
                "bc:24:11:00:00:01:02",
                "bc:24:11:00:00:1",
                "bc:24:11:00:00:0g",
                " bc:24:11:00:00:01",
                "bc:24:11:00:00:01 ",
                "bc:24:11:00:00:01\n",
                "ｂc:24:11:00:00:01",
                "bc:24:11:00:00:٠١"
            })
    void refusesEverythingElse(String text) {
        assertThat(MacAddress.parse(text)).isEmpty();
    }

    @Test
    void cannotBeMadeInAnotherForm() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress("BC:24:11:00:00:01"));
        assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress("01:00:5e:00:00:01"));
    }
}
