package io.github.proxmoxdiscovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DuplicateMacsTest {

    private static final KeptHost A = host("a", "bc:24:11:00:00:01", "[]");
    private static final KeptHost B = host("b", "bc:24:11:00:00:02", "[\"AGENT_SILENT\"]");
    private static final KeptHost C = host("c", "bc:24:11:00:00:01", "[\"BAD_NET_LINE\"]");

    @Test
    void everyHostWithASharedMacIsNotedAndNoOther() {
        assertThat(DuplicateMacs.noted(List.of(A, B, C), Map.of()))
                .containsExactly(
                        host("a", "bc:24:11:00:00:01", "[\"DUPLICATE_MAC\"]"),
                        B,
                        host("c", "bc:24:11:00:00:01", "[\"BAD_NET_LINE\",\"DUPLICATE_MAC\"]"));
    }

    @Test
    void sharedMacsAreCounted() {
        assertThat(DuplicateMacs.shared(List.of(A, B, C), Map.of()))
                .containsOnlyKeys("bc:24:11:00:00:01")
                .containsEntry("bc:24:11:00:00:01", 2);
        assertThat(DuplicateMacs.shared(List.of(A, B), Map.of())).isEmpty();
        assertThat(DuplicateMacs.shared(List.of(), Map.of())).isEmpty();
    }

    @Test
    void hostsWhoseMacWasTakenOutShareNone() {
        List<KeptHost> hosts = List.of(host("a", "", "[]"), host("b", "", "[]"));
        assertThat(DuplicateMacs.noted(hosts, Map.of())).isEqualTo(hosts);
        assertThat(DuplicateMacs.shared(hosts, Map.of())).isEmpty();
    }

    @Test
    void whatARouteFileMadeOfAMessageIsLeftIfThereIsNoPlaceForANote() {
        String mac = "bc:24:11:00:00:01";
        List<KeptHost> hosts = List.of(
                new KeptHost("a", mac, "{\"mac\":\"" + mac + "\"}", "qemu/100", null),
                new KeptHost("b", mac, "<host mac='" + mac + "'/>", "qemu/100", null),
                new KeptHost("c", mac, "", "qemu/100", null),
                new KeptHost("c2", mac, "{\"proxmox\":{\"notes\":[]}}\n{\"proxmox\":{\"notes\":[]}}", "qemu/100", null),
                new KeptHost("d", mac, "[1]", "qemu/100", null),
                new KeptHost("e", mac, "{\"proxmox\":{\"notes\":\"none\"}}", "qemu/100", null));
        assertThat(DuplicateMacs.noted(hosts, Map.of())).isEqualTo(hosts);
    }

    @Test
    void theRestOfAMessageStaysAsItIs() {
        String rest = "\"n\":12345678901234567890,\"d\":0.1234567890123456789,\"z\":1.10,\"b\":2,\"a\":[null,\"ü\"]";
        KeptHost host =
                new KeptHost("a", "bc:24:11:00:00:01", "{\"proxmox\":{\"notes\":[]}," + rest + "}", "qemu/100", null);
        assertThat(DuplicateMacs.noted(List.of(host, host), Map.of()).get(0).json())
                .isEqualTo("{\"proxmox\":{\"notes\":[\"DUPLICATE_MAC\"]}," + rest + "}");
    }

    private static KeptHost host(String id, String mac, String notes) {
        return new KeptHost(
                id,
                mac,
                "{\"id\":\"" + id + "\",\"proxmox\":{\"notes\":" + notes + "},\"site\":\"bonn\"}",
                "qemu/100",
                null);
    }
}
