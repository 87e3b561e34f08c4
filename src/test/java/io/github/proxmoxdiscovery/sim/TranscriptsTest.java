package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The simulated cluster answers as a real one did. The recorded answers are not part of the project; where they are not
 * at hand there is nothing to compare with.
 */
class TranscriptsTest {

    private static final Path SHARED = Path.of("..", "shared");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Made up in the simulation: load, process ids, times, hashes, the address of the other node. */
    private static final Set<String> FIGURES = Set.of(
            "cpu",
            "mem",
            "memhost",
            "uptime",
            "pid",
            "digest",
            "diskread",
            "diskwrite",
            "netin",
            "netout",
            "maxdisk",
            "ip");

    private static SimulatedCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RecordedCluster.create().start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @TestFactory
    Stream<DynamicTest> answersAsRecorded() throws IOException {
        List<Transcript> transcripts = transcripts();
        return transcripts.stream()
                .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> compare(transcript)));
    }

    @Test
    void someTranscriptsAreThereWhereTheFolderIs() throws IOException {
        int number = transcripts().size();
        System.out.println("Transcripts compared with the simulated cluster: " + number);
        assertThat(number).isPositive();
    }

    private static List<Transcript> transcripts() throws IOException {
        assumeTrue(Files.exists(SHARED), "no recorded answers at hand");
        try (Stream<Path> files = Files.list(SHARED.resolve("proxmox").resolve("transcripts"))) {
            List<Path> sorted = files.filter(file -> file.toString().endsWith(".http"))
                    .sorted()
                    .collect(Collectors.toList());
            assertThat(sorted).as("recorded answers").isNotEmpty();
            List<Transcript> transcripts = new ArrayList<>();
            for (Path file : sorted) {
                transcripts.add(Transcript.read(file));
            }
            return transcripts;
        }
    }

    private static void compare(Transcript expected) throws IOException {
        RawClient.Reply reply = RawClient.get(cluster, expected.path(), headers(expected));
        assertThat(reply.statusLine()).isEqualTo(expected.statusLine());
        assertThat(withoutLength(reply.headers())).isEqualTo(withoutLength(expected.headers()));
        assertThat(reply.headerNames()).isEqualTo(expected.headerNames());
        if (expected.body().isEmpty()) {
            assertThat(reply.body()).isEmpty();
        } else {
            compare("", JSON.readTree(reply.body()), JSON.readTree(expected.body()));
        }
    }

    private static String[] headers(Transcript transcript) {
        // The record of a bad token shows the good one's name: its secret was the wrong one.
        String secret = transcript.name().equals("error-401-bad-token.http") ? "wrong" : RecordedCluster.SECRET;
        return transcript.requestHeaders().stream()
                .map(header -> header.replace("<secret>", secret))
                .toArray(String[]::new);
    }

    private static List<String> withoutLength(List<String> headers) {
        return headers.stream()
                .filter(header -> !header.startsWith("Content-Length"))
                .toList();
    }

    private static void compare(String where, JsonNode actual, JsonNode expected) {
        assertThat(actual.getNodeType()).as("type of " + where).isEqualTo(expected.getNodeType());
        if (expected.isObject()) {
            assertThat(keys(actual)).as("keys of " + where + " " + actual).isEqualTo(keys(expected));
            expected.fieldNames()
                    .forEachRemaining(key -> compare(where + "/" + key, actual.get(key), expected.get(key)));
        } else if (expected.isArray()) {
            assertThat(actual).as("size of " + where).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                compare(where + "/" + i, counterpart(actual, expected.get(i), i), expected.get(i));
            }
        } else if (!FIGURES.contains(where.substring(where.lastIndexOf('/') + 1))) {
            assertThat(actual).as("value of " + where).isEqualTo(expected);
        }
    }

    /** Lists have no order; their elements are known by id or vmid, where they have one. */
    private static JsonNode counterpart(JsonNode actual, JsonNode expected, int index) {
        for (String key : List.of("id", "vmid")) {
            if (expected.has(key)) {
                for (JsonNode candidate : actual) {
                    if (expected.get(key).equals(candidate.get(key))) {
                        return candidate;
                    }
                }
                throw new AssertionError("no element with " + key + " " + expected.get(key));
            }
        }
        return actual.get(index);
    }

    private static Set<String> keys(JsonNode object) {
        Set<String> keys = new TreeSet<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
