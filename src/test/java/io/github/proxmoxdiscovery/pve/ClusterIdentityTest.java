package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clusters are told apart only by what is known of both. */
class ClusterIdentityTest {

    private static final ClusterIdentity LAB = identity("lab", "CN=PVE,OU=1, key aa", "pve1 pve2");

    private static ClusterIdentity identity(@Nullable String name, @Nullable String ca, @Nullable String nodes) {
        return new ClusterIdentity(name, ca, nodes == null ? List.of() : List.of(nodes.split(" ")));
    }

    private static JsonNode rows(String json) throws IOException {
        return new ObjectMapper().readTree(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    lab | CN=PVE,OU=1, key aa | pve1 pve2 |
                    lab | CN=PVE,OU=1, key aa | pve2 pve3 pve4 |
                        | CN=PVE,OU=1, key aa | pve1 pve2 |
                    lab |                     | pve1      |
                    lab | CN=PVE,OU=1         | pve1      |
                    lab | CN=PVE,OU=1, key aa |           |
                        |                     |           |
                    x   | CN=PVE,OU=1, key aa | pve1      | it was called lab and is called x now
                    LAB |                     |           | it was called lab and is called LAB now
                    lab | CN=PVE,OU=2, key aa | pve1      | its certificate was issued by CN=PVE,OU=1, key aa and is issued by CN=PVE,OU=2, key aa now
                    lab | CN=PVE,OU=1, key bb | pve1      | its certificate was issued by CN=PVE,OU=1, key aa and is issued by CN=PVE,OU=1, key bb now
                    lab | CN=PVE,OU=12        | pve1      | its certificate was issued by CN=PVE,OU=1, key aa and is issued by CN=PVE,OU=12 now
                    lab | CN=PVE,OU=1, key aa | a b       | its nodes were pve1, pve2 and are a, b now
                    x   |                     | a         | it was called lab and is called x now; its nodes were pve1, pve2 and are a now
                    """)
    void differsByNameAuthorityOrAllItsNodes(
            @Nullable String name, @Nullable String ca, @Nullable String nodes, @Nullable String difference) {
        ClusterIdentity now = identity(name, ca, nodes);
        assertThat(now.differenceFrom(LAB).orElse(null)).isEqualTo(difference);
        assertThat(LAB.differenceFrom(now).isPresent())
                .as("the other way round")
                .isEqualTo(difference != null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                        |                     |           | lab | CN=PVE,OU=1, key aa | pve1 pve2
                    lab | CN=PVE,OU=1         | pve2 pve3 | lab | CN=PVE,OU=1, key aa | pve2 pve3
                    x   | CN=PVE,OU=2         | a         | x   | CN=PVE,OU=2         | a
                    """)
    void keepsWhatIsNotKnownNow(
            @Nullable String name,
            @Nullable String ca,
            @Nullable String nodes,
            String thenName,
            String thenCa,
            String thenNodes) {
        assertThat(identity(name, ca, nodes).mergedWith(LAB)).isEqualTo(identity(thenName, thenCa, thenNodes));
    }

    @Test
    void learnsWhatWasNotKnownBefore() {
        assertThat(LAB.mergedWith(identity(null, null, "pve1"))).isEqualTo(LAB);
        assertThat(LAB.mergedWith(identity(null, "CN=PVE,OU=1", "pve1"))).isEqualTo(LAB);
    }

    @Test
    void theNameStandsInTheRowOfTheCluster() throws IOException {
        List<Node> nodes = Stream.of("pve2", "pve1", "pve2")
                .map(name -> new Node(name, Node.Status.ONLINE))
                .toList();
        JsonNode rows = rows("[{\"type\":\"node\",\"name\":\"pve1\"},{\"type\":\"cluster\",\"name\":\"lab\"}]");
        assertThat(ClusterIdentity.of(rows, List.of(), nodes)).isEqualTo(identity("lab", null, "pve1 pve2"));
        assertThat(ClusterIdentity.of(null, List.of(), nodes)).isEqualTo(identity(null, null, "pve1 pve2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "7",
                "{}",
                "[null]",
                "[{\"type\":\"node\",\"name\":\"pve1\"}]",
                "[{\"type\":\"cluster\"}]",
                "[{\"type\":\"cluster\",\"name\":\"\"}]",
                "[{\"type\":\"cluster\",\"name\":[]}]"
            })
    void anAnswerThatTellsNoNameLeavesItUnknown(String json) throws IOException {
        assertThat(ClusterIdentity.of(rows(json), List.of(), List.of()).name()).isNull();
    }

    @Test
    void isTheSameAfterItWasWrittenAndRead() {
        for (ClusterIdentity identity : List.of(LAB, identity(null, null, null), identity("ü\"\n", null, "a"))) {
            assertThat(ClusterIdentity.parse(identity.toJson())).contains(identity);
        }
        assertThat(LAB.toJson())
                .isEqualTo("{\"name\":\"lab\",\"ca\":\"CN=PVE,OU=1, key aa\",\"nodes\":[\"pve1\",\"pve2\"]}");
    }

    @Test
    void readsWhatItCan() {
        assertThat(ClusterIdentity.parse("{\"name\":[],\"ca\":\"x\",\"nodes\":[\"b\",7,null,\"a\"],\"new\":1}"))
                .contains(identity(null, "x", "a b"));
        assertThat(ClusterIdentity.parse("{}")).contains(identity(null, null, null));
        for (String no : List.of("", "null", "[]", "{\"name\"", "\"lab\"")) {
            assertThat(ClusterIdentity.parse(no)).as(no).isEmpty();
        }
    }

    @Test
    void aDifferenceNamesTenNodesAtMost() {
        List<String> many =
                IntStream.range(100, 132).mapToObj(number -> "n" + number).toList();
        assertThat(new ClusterIdentity(null, null, many).differenceFrom(LAB))
                .hasValueSatisfying(difference -> assertThat(difference).contains("n109 and 22 more now"));
    }
}
