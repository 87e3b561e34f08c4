package io.github.proxmoxdiscovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MacOwnersTest {

    private static final String MAC = "bc:24:11:00:00:01";

    private final MacOwners owners = new MacOwners();

    @Test
    void tellsTheMacsThatAnotherClusterHasToo() {
        assertThat(owners.replace("a", List.of(host("a/qemu/100/net0", MAC)))).isEmpty();
        assertThat(owners.replace(
                        "b", List.of(host("b/lxc/200/net1", MAC), host("b/lxc/201/net0", "02:00:00:00:00:01"))))
                .singleElement()
                .asString()
                .contains(MAC, "a/qemu/100/net0", "b/lxc/200/net1");
    }

    @Test
    void ofClustersThatAreCopiesNotAllMacsAreListed() {
        owners.replace("a", copies("a"));
        assertThat(owners.replace("b", copies("b")))
                .hasSize(101)
                .last()
                .asString()
                .contains("150 more MACs");
    }

    private static List<KeptHost> copies(String cluster) {
        return IntStream.range(0, 250)
                .mapToObj(
                        number -> host(cluster + "/qemu/" + number + "/net0", "bc:24:11:00:01:%02x".formatted(number)))
                .toList();
    }

    @Test
    void aClusterDoesNotShareWithItself() {
        owners.replace("a", List.of(host("a/qemu/100/net0", MAC)));
        assertThat(owners.replace("a", List.of(host("a/qemu/100/net0", MAC), host("a/qemu/101/net0", MAC))))
                .isEmpty();
    }

    @Test
    void onlyTheLastRunOfAClusterCounts() {
        owners.replace("a", List.of(host("a/qemu/100/net0", MAC)));
        owners.replace("a", List.of());
        assertThat(owners.replace("b", List.of(host("b/qemu/100/net0", MAC)))).isEmpty();
    }

    @Test
    void hostsWhoseMacWasTakenOutShareNone() {
        owners.replace("a", List.of(host("a/qemu/100/net0", "")));
        assertThat(owners.replace("b", List.of(host("b/qemu/100/net0", "")))).isEmpty();
    }

    private static KeptHost host(String id, String mac) {
        return new KeptHost(id, mac, "{}", "qemu/100", null);
    }
}
