package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier version kept for its sinks is named so that nobody takes it for what they lack now. */
class UndeliveredIsRetiredTest {

    @TempDir
    private Path folder;

    @Test
    void itsFolderIsRenamedOnceAndNothingInItIsLost() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("data/undelivered/http"));
        Files.writeString(kept.resolve("20261123T120000-00abcd.ndjson"), "{}\n");
        try (Lab lab = Lab.of(folder, 3)) {
            Program.Result first = lab.program("file").run("once");
            assertThat(first.exitCode()).as(first.err()).isZero();
            assertThat(first.err()).contains("undelivered is not used any more, and is named undelivered.retired now");
            assertThat(folder.resolve("data/undelivered")).doesNotExist();
            assertThat(folder.resolve("data/undelivered.retired/http/20261123T120000-00abcd.ndjson"))
                    .hasContent("{}");
            assertThat(lab.program("file").run("once").err()).doesNotContain("undelivered");
        }
    }
}
