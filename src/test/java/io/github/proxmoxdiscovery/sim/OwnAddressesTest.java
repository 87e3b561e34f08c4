package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {

    private final SimulatedCluster cluster = Samples.cluster().ownAddresses().start();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void eachNodeListensOnItsAddressWithThePortOfTheEntry() {
        int port = URI.create(cluster.url()).getPort();
        assertThat(cluster.url("pve1")).isEqualTo(cluster.url()).isEqualTo("https://127.0.0.1:" + port);
        assertThat(cluster.url("pve2")).isEqualTo("https://127.0.0.2:" + port);
    }

    @Test
    void theStateOfTheClusterTellsTheAddressesWhicheverNodeIsAsked() throws IOException {
        Map<String, String> addresses = Map.of("pve1", "127.0.0.1", "pve2", "127.0.0.2");
        assertThat(addresses("pve1")).isEqualTo(addresses);
        assertThat(addresses("pve2")).isEqualTo(addresses);
    }

    @Test
    void theCertificateIsGoodForAllAddresses() throws Exception {
        try (RawClient client = new RawClient(cluster.url("pve2"))) {
            assertThat(client.certificate().getSubjectAlternativeNames())
                    .extracting(name -> (Object) name.get(1))
                    .contains("127.0.0.1", "127.0.0.2");
        }
    }

    @Test
    void theLogTellsWhichNodeWasAskedAndOnWhichConnection() throws IOException {
        get("pve1", "/version");
        try (RawClient client = new RawClient(cluster.url("pve2"))) {
            client.get("/version", Samples.AUTHORIZATION);
            client.get("/nodes/pve1/qemu", Samples.AUTHORIZATION);
        }
        assertThat(cluster.requests())
                .extracting(RecordedRequest::askedNode, RecordedRequest::node, RecordedRequest::connection)
                .containsExactly(tuple("pve1", "pve1", 1), tuple("pve2", "pve2", 2), tuple("pve2", "pve1", 2));
    }

    @Test
    void anOfflineNodeRefusesConnectionsUntilItIsBackOnItsPort() throws IOException {
        String url = cluster.url("pve2");
        cluster.node("pve2", NodeState.offline());
        assertThatThrownBy(() -> new RawClient(url)).isInstanceOf(ConnectException.class);
        assertThat(get("pve1", "/nodes/pve2/qemu").statusLine()).isEqualTo("HTTP/1.1 595 Connection refused");
        cluster.node("pve2", NodeState.online());
        assertThat(cluster.url("pve2")).isEqualTo(url);
        assertThat(get("pve2", "/nodes/pve2/qemu").status()).isEqualTo(200);
    }

    @Test
    void aNodeThatIsOfflineFromTheStartRefusesConnections() {
        try (SimulatedCluster other = SimulatedCluster.builder()
                .nodes("pve1")
                .node("pve2", NodeState.offline())
                .ownAddresses()
                .start()) {
            assertThatThrownBy(() -> new RawClient(other.url("pve2"))).isInstanceOf(ConnectException.class);
        }
    }

    private Map<String, String> addresses(String asked) throws IOException {
        JsonNode entries = new ObjectMapper()
                .readTree(get(asked, "/cluster/status").body())
                .get("data");
        return entries.valueStream()
                .filter(entry -> entry.get("type").asText().equals("node"))
                .collect(Collectors.toMap(
                        entry -> entry.get("name").asText(),
                        entry -> entry.get("ip").asText(),
                        (one, other) -> other,
                        TreeMap::new));
    }

    private RawClient.Reply get(String node, String path) throws IOException {
        try (RawClient client = new RawClient(cluster.url(node))) {
            return client.get(path, Samples.AUTHORIZATION);
        }
    }
}
