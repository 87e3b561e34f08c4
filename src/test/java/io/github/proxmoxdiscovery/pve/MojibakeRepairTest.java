package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MojibakeRepairTest {

    @ParameterizedTest
    @CsvSource({
        "w\u00c3\u00a9b01, wéb01",
        "\u00d0\u009f\u00d0\u00be\u00d0\u00b4, Под",
        "\u00e4\u00bb\u00a5\u00e5\u00a4\u00aa\u00e7\u00bd\u0091, 以太网",
        "\u00f0\u009f\u0098\u0080, \ud83d\ude00"
    })
    void undoesTheSecondEncoding(String twice, String meant) {
        assertThat(MojibakeRepair.repair(twice)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eth0",
                // right as it is: characters that no Latin-1 byte could be
                "Под",
                "以太网",
                // Latin-1 characters that are no UTF-8 as bytes: cut short, alone, too long, a surrogate
                "é",
                "Ethernet für alle",
                "\u00c3",
                "\u00c0\u00af",
                "\u00ed\u00a0\u0080",
                "\u00ff"
            })
    void leavesEverythingElse(String text) {
        assertThat(MojibakeRepair.repair(text)).isEqualTo(text);
    }
}
