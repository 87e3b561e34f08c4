package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DemoClusterTest {

    private static final String TOKEN = Samples.authorization(DemoCluster.TOKEN_ID, DemoCluster.TOKEN_SECRET);

    @Test
    void everyGuestOfTheDemoCanBeRead() throws IOException {
        try (SimulatedCluster cluster = DemoCluster.create().start()) {
            JsonNode guests = new ObjectMapper()
                    .readTree(RawClient.get(cluster, "/cluster/resources?type=vm", TOKEN)
                            .bytes())
                    .get("data");
            assertThat(guests.size())
                    .isBetween(20, 40)
                    .isEqualTo(cluster.guests().size());
            for (JsonNode guest : guests) {
                String path = "/nodes/" + guest.get("node").textValue() + "/"
                        + guest.get("id").textValue();
                assertThat(RawClient.get(cluster, path + "/config?current=1", TOKEN)
                                .statusLine())
                        .as(path)
                        .isEqualTo("HTTP/1.1 200 OK");
            }
        }
    }

    @Test
    void guestsOfTheDemoHaveNoMacInCommonButTheClone() {
        try (SimulatedCluster cluster = DemoCluster.create().start()) {
            assertThat(cluster.guests().stream()
                            .flatMap(guest -> guest.config().entrySet().stream())
                            .filter(line -> line.getKey().matches("net\\d+"))
                            .map(line -> line.getValue()
                                    .toString()
                                    .toUpperCase(Locale.ROOT)
                                    .replaceAll(".*(BC:24(:[0-9A-F]{2}){4}).*", "$1"))
                            .filter(mac -> !mac.equals("BC:24:11:20:00:02")))
                    .doesNotHaveDuplicates()
                    .allMatch(mac -> mac.matches("BC:24:11(:[0-9A-F]{2}){3}"));
        }
    }
}
