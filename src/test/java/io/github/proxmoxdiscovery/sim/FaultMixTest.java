package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultMixTest {

    private static final int REQUESTS = 100;

    @Test
    void aSeedGivesTheSameFaultsAgainAndAnotherSeedOthers() throws IOException {
        assertThat(statuses(new FaultMix(7, 0.5, faults()))).isEqualTo(statuses(new FaultMix(7, 0.5, faults())));
        assertThat(statuses(new FaultMix(8, 0.5, faults()))).isNotEqualTo(statuses(new FaultMix(7, 0.5, faults())));
    }

    @Test
    void theRateIsTheShareOfRequestsThatMeetOne() throws IOException {
        FaultMix mix = new FaultMix(7, 0.2, faults());
        long hit = statuses(mix).stream().filter(status -> status != 200).count();
        assertThat(mix.hits()).isEqualTo((int) hit).isBetween(8, 32);
    }

    @Test
    void allChoicesAreUsed() throws IOException {
        assertThat(statuses(new FaultMix(7, 1, faults()))).containsOnly(500, 503, 429);
    }

    @Test
    void aRateOfZeroMeetsNothing() throws IOException {
        assertThat(statuses(new FaultMix(7, 0, faults()))).containsOnly(200);
    }

    private static List<Fault> faults() {
        return Stream.of(500, 503, 429)
                .map(code -> Fault.status(code, "by chance"))
                .toList();
    }

    private static List<Integer> statuses(FaultMix mix) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        try (SimulatedCluster cluster = Samples.cluster().start()) {
            cluster.fault("", mix.fault());
            for (int i = 0; i < REQUESTS; i++) {
                statuses.add(RawClient.get(cluster, "/version", Samples.AUTHORIZATION)
                        .status());
            }
        }
        return statuses;
    }
}
