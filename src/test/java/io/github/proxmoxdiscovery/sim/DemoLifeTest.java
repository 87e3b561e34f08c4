package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DemoLifeTest {

    @Test
    void everyChangeIsOneOfOneGuestAndAfterARoundAllIsAsItWas() {
        try (SimulatedCluster cluster = DemoCluster.create().start()) {
            DemoLife life = new DemoLife(cluster);
            Map<Integer, String> first = guests(cluster);
            Map<Integer, String> before = first;
            for (int change = 0; change < life.round(); change++) {
                life.change();
                Map<Integer, String> after = guests(cluster);
                assertThat(different(before, after)).as("change " + change).hasSize(1);
                before = after;
            }
            assertThat(before).isEqualTo(first);
        }
    }

    private static List<Integer> different(Map<Integer, String> before, Map<Integer, String> after) {
        Map<Integer, String> all = new TreeMap<>(before);
        all.putAll(after);
        return all.keySet().stream()
                .filter(vmid -> !String.valueOf(before.get(vmid)).equals(String.valueOf(after.get(vmid))))
                .toList();
    }

    private static Map<Integer, String> guests(SimulatedCluster cluster) {
        Map<Integer, String> guests = new TreeMap<>();
        cluster.guests()
                .forEach(guest -> guests.put(
                        guest.vmid(),
                        String.join(
                                " ",
                                guest.node(),
                                guest.status(),
                                new TreeMap<>(guest.config()).toString(),
                                guest.interfaces().toString())));
        return guests;
    }
}
