package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticClusterTest {

    private final SyntheticCluster synthetic = SyntheticCluster.of(300, 4).withDeadAgents(0.2);

    @Test
    void theSameSeedDrawsTheSameClusterAndAnotherSeedAnother() {
        assertThat(synthetic.simulatedGuests()).isEqualTo(synthetic.simulatedGuests());
        assertThat(synthetic.expected("lab")).isEqualTo(synthetic.expected("lab"));
        assertThat(synthetic.withSeed(2).expected("lab")).isNotEqualTo(synthetic.expected("lab"));
    }

    @Test
    void everyInterfaceIsExpectedOnceAndHasItsOwnMac() {
        List<ExpectedHost> expected = synthetic.expected("lab");
        long interfaces = synthetic.simulatedGuests().stream()
                .flatMap(guest -> guest.config().keySet().stream())
                .filter(key -> key.startsWith("net"))
                .count();
        assertThat(expected).hasSize((int) interfaces);
        assertThat(expected)
                .extracting(ExpectedHost::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith("lab/"));
        assertThat(expected).extracting(ExpectedHost::mac).doesNotHaveDuplicates();
    }

    @Test
    void noExpectedAddressIsLinkLocalAndIpv4ComesFirst() {
        assertThat(synthetic.expected("lab"))
                .extracting(ExpectedHost::addresses)
                .allSatisfy(addresses -> {
                    assertThat(addresses)
                            .noneMatch(address -> address.startsWith("fe80") || address.startsWith("127."));
                    assertThat(addresses.stream().map(address -> address.contains(":")))
                            .isSorted();
                });
    }

    @Test
    void allKindsAreThere() {
        List<SimulatedGuest> guests = synthetic.simulatedGuests();
        assertThat(guests).anyMatch(SimulatedGuest::template);
        assertThat(guests).anyMatch(guest -> guest.agent().kind() == AgentState.Kind.DEAD);
        assertThat(guests).anyMatch(guest -> guest.type() == GuestType.LXC && guest.running());
        assertThat(guests).anyMatch(guest -> guest.config().containsKey("ipconfig0"));
        assertThat(guests).anyMatch(guest -> guest.config().containsKey("net3"));
    }

    @Test
    void itRuns() throws IOException {
        try (SimulatedCluster cluster = synthetic.create().start()) {
            String token = Samples.authorization(SyntheticCluster.TOKEN_ID, SyntheticCluster.TOKEN_SECRET);
            assertThat(RawClient.get(cluster, "/cluster/resources?type=vm", token)
                            .body())
                    .contains("qemu/");
        }
    }
}
