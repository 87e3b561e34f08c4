package io.github.proxmoxdiscovery.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldRunsTest {

    private static final Duration OLD = Duration.ofDays(30);
    private static final Duration YOUNG = Duration.ofHours(2);

    @TempDir
    Path directory;

    private final OldRuns oldRuns = new OldRuns(Duration.ofDays(7));

    @Test
    void removesOldRunsWithTheirReports() throws IOException {
        runs(1, 15, OLD);
        oldRuns.removeFrom(directory);
        assertThat(names())
                .hasSize(20)
                .doesNotContain("20260105T000000-00abcd.ndjson", "20260105T000000-00abcd.report.json")
                .contains("20260106T000000-00abcd.ndjson", "20260106T000000-00abcd.report.json")
                .contains("20260115T000000-00abcd.ndjson");
    }

    @Test
    void keepsTenRunsHoweverOldTheyAre() throws IOException {
        runs(1, 10, OLD);
        oldRuns.removeFrom(directory);
        assertThat(names()).hasSize(20);
    }

    @Test
    void keepsEveryRunThatIsNotOldYet() throws IOException {
        runs(1, 15, YOUNG);
        oldRuns.removeFrom(directory);
        assertThat(names()).hasSize(30);
    }

    @Test
    void removesARunWithoutAReport() throws IOException {
        runs(1, 11, OLD);
        Files.delete(directory.resolve("20260101T000000-00abcd.report.json"));
        oldRuns.removeFrom(directory);
        assertThat(names()).hasSize(20).doesNotContain("20260101T000000-00abcd.ndjson");
    }

    @Test
    void runsThatAreNotWholeGoWithAgeAndAreNoneOfTheTen() throws IOException {
        runs(1, 10, OLD);
        for (String name : List.of("20260120T000000-00abcd", "20260121T000000-00abcd")) {
            Duration age = name.startsWith("20260120") ? OLD : YOUNG;
            file(name + ".incomplete.ndjson", age);
            file(name + ".report.json", age);
        }
        oldRuns.removeFrom(directory);
        assertThat(names())
                .hasSize(22)
                .contains("20260101T000000-00abcd.ndjson")
                .contains("20260121T000000-00abcd.incomplete.ndjson", "20260121T000000-00abcd.report.json");
    }

    @Test
    void aRunThatIsNotWholeCanBeLookedAtForADayHoweverLittleIsKept() throws IOException {
        file("20260121T000000-00abcd.incomplete.ndjson", YOUNG);
        new OldRuns(Duration.ZERO).removeFrom(directory);
        assertThat(names()).containsExactly("20260121T000000-00abcd.incomplete.ndjson");
    }

    @Test
    void aFileThatHasVanishedSinceItWasListedIsPassedOver() throws IOException {
        runs(2, 12, OLD);
        for (String end : List.of(".ndjson", ".incomplete.ndjson", ".ndjson.part")) {
            Files.createSymbolicLink(directory.resolve("20260101T000000-00abcd" + end), Path.of("gone"));
        }
        oldRuns.removeFrom(directory);
        assertThat(names()).doesNotContain("20260102T000000-00abcd.ndjson").contains("20260103T000000-00abcd.ndjson");
    }

    @Test
    void removesWhatACrashLeftHalfWrittenButNoRunThatGoesOn() throws IOException {
        file("20260101T000000-00abcd.ndjson.part", OLD);
        file("20260101T000000-00abcd.report.json.part", OLD);
        file("20260101T000000-00abcd.latest.ndjson.part", OLD);
        file("20260102T000000-00abcd.ndjson.part", YOUNG);
        new OldRuns(Duration.ZERO).removeFrom(directory);
        assertThat(names()).containsExactly("20260102T000000-00abcd.ndjson.part");
    }

    @Test
    void touchesNothingThatIsNotOurs() throws IOException {
        runs(1, 12, OLD);
        List<String> others = List.of(
                "latest.ndjson",
                "notes.txt",
                "hosts.ndjson",
                "20260101T000000-00abcd.ndjson.bak",
                "x20260101T000000-00abcd.ndjson",
                "20260101T000000-00ABCD.ndjson",
                "20260101T000000.ndjson",
                "mine.part");
        for (String name : others) {
            file(name, OLD);
        }
        oldRuns.removeFrom(directory);
        assertThat(names()).containsAll(others).hasSize(20 + others.size());
    }

    private void runs(int first, int last, Duration age) throws IOException {
        for (int day = first; day <= last; day++) {
            String name = String.format(Locale.ROOT, "202601%02dT000000-00abcd", day);
            file(name + ".ndjson", age);
            file(name + ".report.json", age);
        }
    }

    private void file(String name, Duration age) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "{}\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
