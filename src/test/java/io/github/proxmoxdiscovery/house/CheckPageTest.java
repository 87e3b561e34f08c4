package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.proxmoxdiscovery.sim.Flavour;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.source.CheckCase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What docs/reference/check.md shows is what {@code check} prints, but for ports, fingerprints and where lines end. */
class CheckPageTest {

    private static final String MARKER = "check: ";

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyOutputIsThatOfTheProgram() {
        List<Doc.Snippet> shown = Doc.of("docs/reference/check.md").snippets().stream()
                .filter(snippet -> snippet.marker().startsWith(MARKER))
                .toList();
        assertThat(shown).hasSizeGreaterThan(9);
        return shown.stream().map(snippet -> dynamicTest(snippet.marker(), () -> isPrinted(snippet)));
    }

    private void isPrinted(Doc.Snippet snippet) {
        CheckCase broken = Stream.concat(CheckCase.all().stream(), Stream.of(CheckCase.agentOnEight()))
                .filter(one -> one.name().equals(snippet.marker().substring(MARKER.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no such case: " + snippet.marker()));
        Flavour flavour = broken.name().endsWith(" on 8") ? Flavour.PVE_8 : Flavour.PVE_9;
        try (SimulatedCluster cluster = CheckCase.cluster(flavour)) {
            String printed = broken.run(folder, cluster).out().replace(folder.toString(), "/srv");
            assertThat(withoutFigures(printed)).contains(withoutFigures(snippet.text()));
        }
    }

    private static String withoutFigures(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:port")
                .replaceAll("(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", "fingerprint")
                .replaceAll("until \\d{4}-\\d\\d-\\d\\d", "until some day")
                .strip();
    }
}
