package io.github.proxmoxdiscovery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a schedule is said before anything starts. */
class ConfigurationTest {

    @TempDir
    private Path folder = Path.of("");

    private Program.Result validate(String schedule) {
        return Program.in(folder)
                .with("proxmox.pve.url", "https://pve1.example.com:8006")
                .with("proxmox.pve.token-id", "discovery@pve!discovery")
                .env("PROXMOX_PVE_TOKEN_SECRET", "not-a-secret")
                .with("discovery.schedule", schedule)
                .option("--config", folder.toString())
                .run("validate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 0 1 1 ? 2020", "0 0 0 30 2 ?", "0 0 0 31 4,6 ?"})
    void aScheduleThatIsNeverDueAgainIsWrong(String schedule) {
        Program.Result result = validate(schedule);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("error: discovery.schedule: \"" + schedule + "\"")
                .contains("it names no time to come")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0/5 * * * ?", "0 0 0 29 2 ?", "0 0 3 ? * MON-FRI"})
    void aScheduleThatIsDueSomeTimeIsRight(String schedule) {
        Program.Result result = validate(schedule);
        assertThat(result.exitCode()).as(result.err()).isZero();
    }
}
