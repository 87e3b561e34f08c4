package io.github.proxmoxdiscovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.pve.Guest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What identifies a host of which a route file has made something else. */
class KeptHostTest {

    private static final Guest GUEST = Guests.guest(101, "pve1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": {\"id\": \"x\"}, \"id\": \"mine\"} | mine",
                "{\"id\": \"\"} | lab/qemu/101/net0",
                "{\"id\": 7} | lab/qemu/101/net0",
                "{} | lab/qemu/101/net0",
                "null | lab/qemu/101/net0",
                "no JSON | lab/qemu/101/net0"
            })
    void itsIdIsThatOfTheMessageIfItHasOneAndElseItsOwn(String message, String id) {
        assertThat(KeptHost.of("lab/qemu/101/net0", "bc:24:11:00:00:01", message, GUEST, null)
                        .id())
                .isEqualTo(id);
    }
}
