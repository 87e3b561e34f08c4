package io.github.proxmoxdiscovery.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HostFilesTest {

    // 2025-11-23T12:00:00.000Z is 0x019ab095d200 ms after 1970.
    private static final String RUN = "019ab095-d200-7abc-8def-0123456789ab";
    private static final String NAME = "20251123T120000-6789ab";

    @TempDir
    Path directory;

    private HostFiles files;

    @BeforeEach
    void setUp() {
        files = new HostFiles(directory, Duration.ofDays(7));
    }

    @Test
    void aRunAppearsUnderItsNameOnlyWhenItIsOver() throws IOException {
        files.append("lab", RUN, List.of("{\"id\":1}", "{\"id\":2}"));
        files.append("lab", RUN, List.of("{\"id\":3}"));
        assertThat(names("lab")).containsExactly(NAME + ".ndjson.part");

        files.finish("lab", RUN, 3, "{\"complete\":true}");

        assertThat(names("lab")).containsExactly(NAME + ".ndjson", NAME + ".report.json");
        assertThat(file("lab", NAME + ".ndjson")).content().isEqualTo("{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n");
        assertThat(file("lab", NAME + ".report.json")).content().isEqualTo("{\"complete\":true}\n");
    }

    @Test
    void aRunWithoutHostsIsAnEmptyFile() throws IOException {
        files.finish("lab", RUN, 0, "{}");
        assertThat(file("lab", NAME + ".ndjson")).isEmptyFile();
    }

    @Test
    void theLatestAppearsWholeWhenItIsPublished() throws IOException {
        writeLatest(run(1), List.of("{\"run\":1}"));
        try (HostFiles.Latest latest = files.latest("lab", run(2))) {
            for (int host = 0; host < 1_201; host++) {
                latest.add("{\"host\":" + host + "}");
            }
            assertThat(file("lab", "latest.ndjson")).content().isEqualTo("{\"run\":1}\n");
            latest.publish();
        }
        assertThat(Files.readAllLines(file("lab", "latest.ndjson")))
                .hasSize(1_201)
                .startsWith("{\"host\":0}", "{\"host\":1}")
                .endsWith("{\"host\":1199}", "{\"host\":1200}");
        assertThat(names("lab")).containsExactly("latest.ndjson");
    }

    @Test
    void aLatestThatIsNotPublishedLeavesNothing() throws IOException {
        writeLatest(run(1), List.of("{\"run\":1}"));
        try (HostFiles.Latest latest = files.latest("lab", run(2))) {
            for (int host = 0; host < 600; host++) {
                latest.add("{\"host\":" + host + "}");
            }
        }
        assertThat(names("lab")).containsExactly("latest.ndjson");
        assertThat(file("lab", "latest.ndjson")).content().isEqualTo("{\"run\":1}\n");
    }

    @Test
    void aLatestWithoutHostsIsAnEmptyFile() throws IOException {
        writeLatest(RUN, List.of());
        assertThat(file("lab", "latest.ndjson")).isEmptyFile();
    }

    @Test
    void finishingARunLeavesTheLatestAlone() throws IOException {
        writeLatest(run(1), List.of("{\"run\":1}"));
        files.append("lab", RUN, List.of("{\"run\":2}"));
        files.finish("lab", RUN, 1, "{}");
        assertThat(file("lab", "latest.ndjson")).content().isEqualTo("{\"run\":1}\n");
    }

    private void writeLatest(String runId, List<String> hosts) throws IOException {
        writeLatest("lab", runId, hosts);
    }

    private void writeLatest(String cluster, String runId, List<String> hosts) throws IOException {
        try (HostFiles.Latest latest = files.latest(cluster, runId)) {
            hosts.forEach(latest::add);
            latest.publish();
        }
    }

    @Test
    void aRunOfWhichHostsAreMissingReplacesNothingAndSaysSo() throws IOException {
        files.append("lab", RUN, List.of("{\"run\":2}"));
        assertThatIOException()
                .isThrownBy(() -> files.finish("lab", RUN, 2, "{\"hosts\":2}"))
                .withMessageContaining("1 of the 2 hosts");
        assertThat(file("lab", NAME + ".ndjson")).doesNotExist();
        assertThat(file("lab", NAME + ".incomplete.ndjson")).content().isEqualTo("{\"run\":2}\n");
        assertThat(file("lab", NAME + ".report.json")).content().isEqualTo("{\"hosts\":2}\n");
    }

    @Test
    void finishingARunAgainOfWhichHostsAreMissingChangesNothing() throws IOException {
        files.append("lab", RUN, List.of("{\"id\":1}"));
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatIOException()
                    .isThrownBy(() -> files.finish("lab", RUN, 2, "{}"))
                    .withMessageContaining("1 of the 2 hosts");
            assertThat(names("lab")).containsExactly(NAME + ".incomplete.ndjson", NAME + ".report.json");
        }
        assertThatIOException().isThrownBy(() -> files.append("lab", RUN, List.of("{\"id\":2}")));
        assertThat(file("lab", NAME + ".incomplete.ndjson")).content().isEqualTo("{\"id\":1}\n");
    }

    @Test
    void aFileThatVanishesWhileOldRunsAreLookedThroughHoldsUpNothing() throws IOException {
        Files.createDirectories(directory.resolve("lab"));
        for (int day = 10; day < 22; day++) {
            // Listed, but not there when it is looked at.
            Files.createSymbolicLink(file("lab", "202501" + day + "T000000-00abcd.ndjson"), Path.of("gone"));
        }
        files.append("lab", RUN, List.of("{\"id\":1}"));
        files.finish("lab", RUN, 1, "{}");
        assertThat(file("lab", NAME + ".ndjson")).content().isEqualTo("{\"id\":1}\n");
    }

    @Test
    void theLatestIsMadeInAFileThatNoOtherRunWritesTo() throws IOException {
        Files.createDirectories(directory.resolve("lab"));
        Path ofAnother = file("lab", "20251123T120001-6789ab.latest.ndjson.part");
        Files.writeString(ofAnother, "{\"id\":9}\n");
        Files.writeString(file("lab", "latest.ndjson.part"), "of nobody");
        writeLatest(RUN, List.of("{\"id\":1}"));
        assertThat(file("lab", "latest.ndjson")).content().isEqualTo("{\"id\":1}\n");
        assertThat(ofAnother).content().isEqualTo("{\"id\":9}\n");
        assertThat(file("lab", "latest.ndjson.part")).content().isEqualTo("of nobody");
    }

    @Test
    void finishingAgainAfterAFailureLosesNothing() throws IOException {
        files.append("lab", RUN, List.of("{\"id\":1}", "{\"id\":2}"));
        Path inTheWay = file("lab", NAME + ".report.json").resolve("x");
        Files.createDirectories(inTheWay);
        assertThatIOException().isThrownBy(() -> files.finish("lab", RUN, 2, "{}"));
        assertThatIOException().isThrownBy(() -> files.finish("lab", RUN, 2, "{}"));
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());

        files.finish("lab", RUN, 2, "{}");
        files.finish("lab", RUN, 2, "{}");

        assertThat(names("lab")).containsExactly(NAME + ".ndjson", NAME + ".report.json");
        assertThat(file("lab", NAME + ".ndjson")).content().isEqualTo("{\"id\":1}\n{\"id\":2}\n");
    }

    @Test
    void aLatestThatCouldNotBeReplacedIsReplacedTheNextTime() throws IOException {
        Path inTheWay = Files.createDirectories(file("lab", "latest.ndjson").resolve("x"));
        assertThatIOException().isThrownBy(() -> writeLatest(RUN, List.of("{\"id\":1}")));
        assertThat(names("lab")).containsExactly("latest.ndjson");
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        writeLatest(RUN, List.of("{\"id\":1}"));
        assertThat(file("lab", "latest.ndjson")).content().isEqualTo("{\"id\":1}\n");
    }

    @Test
    void hostsThatComeWhenTheirRunIsOverAreRefused() throws IOException {
        files.append("lab", RUN, List.of("{\"id\":1}"));
        files.finish("lab", RUN, 1, "{}");
        assertThatIOException().isThrownBy(() -> files.append("lab", RUN, List.of("{\"id\":2}")));
        assertThat(file("lab", NAME + ".ndjson")).content().isEqualTo("{\"id\":1}\n");
    }

    @Test
    void whatACrashLeftOfTheSameRunIsNotGoneOnWith() throws IOException {
        Files.createDirectories(directory.resolve("lab"));
        Files.writeString(file("lab", NAME + ".ndjson.part"), "{\"id\":9}\n");
        Files.writeString(file("lab", NAME + ".latest.ndjson.part"), "half");
        files.append("lab", RUN, List.of("{\"id\":1}"));
        files.finish("lab", RUN, 1, "{}");
        writeLatest(RUN, List.of("{\"id\":2}"));
        assertThat(file("lab", NAME + ".ndjson")).content().isEqualTo("{\"id\":1}\n");
        assertThat(file("lab", "latest.ndjson")).content().isEqualTo("{\"id\":2}\n");
    }

    @Test
    void aHostThatARouteFileMadePrettyIsOneLineAllTheSame() throws IOException {
        List<String> hosts = List.of("{\n  \"id\" : 1\r\n}", "{\"id\":2}");
        files.append("lab", RUN, hosts);
        files.finish("lab", RUN, 2, "{}");
        writeLatest(RUN, hosts);
        assertThat(file("lab", NAME + ".ndjson")).content().isEqualTo("{   \"id\" : 1  }\n{\"id\":2}\n");
        assertThat(file("lab", "latest.ndjson")).content().isEqualTo("{   \"id\" : 1  }\n{\"id\":2}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../lab",
                "lab/..",
                "/etc",
                "a/b",
                "Lab",
                "-lab",
                "lab\n",
                "a\\b",
                "a23456789012345678901234567890123"
            })
    void noClusterNameLeadsOutOfTheDirectory(String cluster) throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> files.append(cluster, RUN, List.of("{}")));
        assertThatIllegalArgumentException().isThrownBy(() -> files.finish(cluster, RUN, 0, "{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> writeLatest(cluster, RUN, List.of()));
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../x", "0197", "x/../../../../y"})
    void noRunIdLeadsOutOfTheDirectory(String runId) {
        assertThatIllegalArgumentException().isThrownBy(() -> files.append("lab", runId, List.of("{}")));
        assertThatIllegalArgumentException().isThrownBy(() -> writeLatest(runId, List.of()));
    }

    @Test
    void runsOfSeveralClustersAtOnceDoNotMix() throws Exception {
        List<String> clusters = List.of("a", "b", "c", "d");
        ExecutorService threads = Executors.newFixedThreadPool(clusters.size());
        try {
            List<Callable<Void>> tasks = clusters.stream()
                    .<Callable<Void>>map(cluster -> () -> {
                        for (int i = 0; i < 50; i++) {
                            files.append(cluster, run(cluster.charAt(0)), List.of(host(cluster)));
                        }
                        files.finish(cluster, run(cluster.charAt(0)), 50, "{}");
                        writeLatest(cluster, run(cluster.charAt(0)), Collections.nCopies(50, host(cluster)));
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        for (String cluster : clusters) {
            assertThat(names(cluster)).hasSize(3).noneMatch(name -> name.endsWith(".part"));
            for (String name : names(cluster)) {
                if (name.endsWith(".ndjson")) {
                    assertThat(Files.readAllLines(file(cluster, name)))
                            .hasSize(50)
                            .containsOnly(host(cluster));
                }
            }
        }
    }

    private static String host(String cluster) {
        return "{\"c\":\"" + cluster + "\"}";
    }

    @Test
    void twoRunsOfOneSecondHaveTheirOwnFiles() throws IOException {
        files.append("lab", "019ab095-d200-7abc-8def-0123456789ab", List.of("{\"run\":1}"));
        files.append("lab", "019ab095-d201-7abc-8def-0123456789ac", List.of("{\"run\":2}"));
        files.finish("lab", "019ab095-d201-7abc-8def-0123456789ac", 1, "{}");
        files.finish("lab", "019ab095-d200-7abc-8def-0123456789ab", 1, "{}");
        assertThat(names("lab")).contains("20251123T120000-6789ab.ndjson", "20251123T120000-6789ac.ndjson");
    }

    @Test
    void runsAreRemovedEvenIfTheNewOneIsNotWhole() throws IOException {
        HostFiles keepsLittle = new HostFiles(directory, Duration.ZERO);
        for (int run = 1; run <= 11; run++) {
            keepsLittle.finish("lab", run(run), 0, "{}");
        }
        Files.createFile(file("lab", "20251123T110000-00abcd.ndjson"));
        assertThatIOException().isThrownBy(() -> keepsLittle.finish("lab", RUN, 1, "{}"));
        assertThat(names("lab").stream().filter(name -> name.endsWith(".ndjson")))
                .hasSize(11)
                .contains(NAME + ".incomplete.ndjson")
                .doesNotContain("20251123T110000-00abcd.ndjson");
    }

    /** The id of a run that began so many seconds after the first. */
    private static String run(int seconds) {
        String millis = String.format(Locale.ROOT, "%012x", 0x019ab095d200L + 1000L * seconds);
        return millis.substring(0, 8) + "-" + millis.substring(8) + "-7abc-8def-0123456789ab";
    }

    private Path file(String cluster, String name) {
        return directory.resolve(cluster).resolve(name);
    }

    private List<String> names(String cluster) throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve(cluster))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
