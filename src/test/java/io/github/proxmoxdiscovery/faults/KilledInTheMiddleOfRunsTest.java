package io.github.proxmoxdiscovery.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.faults.crash.Series;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of bench/crash. */
class KilledInTheMiddleOfRunsTest {

    private static final long SEED = 20261124;

    @TempDir
    private Path folder;

    @Test
    void everySinkHasWhatIsTrueAfterFiveKills() throws IOException, InterruptedException {
        try (Series series = new Series(folder, Subject.program(), SEED, 20)) {
            series.kill(5);
            series.heal();
            assertThat(series.violations()).as(series.toString()).isEmpty();
            assertThat(series.events()).as(series.toString()).isGreaterThanOrEqualTo(2 * series.hosts());
        }
    }
}
