package io.github.proxmoxdiscovery.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands print and how they end. */
public class CommandsTest {

    @TempDir
    private Path folder;

    private Program program() {
        return Program.in(folder).option("--config", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "once",
                "demo",
                "validate",
                "check",
                "status",
                "resync",
                "confirm-removals",
                "accept-cluster"
            })
    void everyCommandExplainsItself(String command) {
        Program.Result result = program().option("--help").run(command);
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains(
                        "Usage: proxmox-discovery " + command,
                        "--config",
                        "--routes",
                        "-D=key=value",
                        "--help",
                        "--version")
                .satisfies(help -> assertThat(help.lines()).allMatch(line -> line.length() <= 100));
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theProgramExplainsItsCommandsAndExitCodes() {
        Program.Result result = Program.in(folder).run("--help");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains(
                        "run ",
                        "once ",
                        "demo ",
                        "validate ",
                        "check ",
                        "status ",
                        "confirm-removals ",
                        "Exit codes:",
                        "5  a sink did not take");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version"})
    void theVersionIsTold(String option) {
        Program.Result result = Program.in(folder).run(option);
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("proxmox-discovery ").contains("Java 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onec", "--nonsense"})
    void whatIsNoCommandIsBadUsage(String word) {
        Program.Result result = program().run(word);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"once", "run", "validate", "check", "status", "confirm-removals"})
    void withoutAConfigurationEachCommandSaysWhatMustBeSet(String command) {
        Program.Result result = program().run(command);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("proxmox.pve.url", "proxmox.pve.token-id")
                .doesNotContain("\tat ");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Program.Result result =
                Program.in(folder).option("--config", folder + "/nowhere").run("once");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(folder + "/nowhere");
        Program.Result routes =
                program().option("--routes", folder + "/nowhere").run("once");
        assertThat(routes.exitCode()).isEqualTo(2);
        assertThat(routes.err()).contains(folder + "/nowhere");
    }

    @Test
    void theDemoShowsItsHostsAndWhereTheyAre() throws IOException {
        Program.Result result = program().run("demo");
        assertThat(result.exitCode()).as(result.err()).isZero();
        Path latest = folder.resolve("out/demo/latest.ndjson");
        assertThat(result.out())
                .contains("GUEST", "ADDRESSES", "qemu/101 web-1", "10.0.20.11, 2001:db8:20::11", latest.toString());
        assertThat(result.out().lines().filter(line -> line.matches("(qemu|lxc)/\\d+ .*")))
                .hasSize(Files.readAllLines(latest).size());
        assertThat(result.err()).doesNotContain("GUEST ");
    }
}
