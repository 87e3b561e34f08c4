package io.github.proxmoxdiscovery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units that are shipped, as systemd reads them. */
class SystemdIT {

    /** In tenths; all that may be missing is told in the docs. */
    private static final int MOST_EXPOSED = 11;

    private static final Pattern EXPOSURE = Pattern.compile("→ Overall exposure level for \\S+: ([0-9.]+ [A-Z]+)");

    @TempDir
    private static Path folder;

    private static Path home;
    private static Path units;

    @BeforeAll
    static void install() throws Exception {
        home = Distribution.unpack(folder);
        units = Files.createDirectories(folder.resolve("units"));
        for (String unit : List.of("proxmox-discovery.service", "proxmox-discovery.timer")) {
            Files.writeString(units.resolve(unit), shipped(unit));
        }
    }

    private static String shipped(String file) throws IOException {
        return Files.readString(home.resolve("docs/ops").resolve(file)).replace("/opt/proxmox-discovery", "" + home);
    }

    private Path analyze;

    @BeforeEach
    void find() {
        analyze = Tool.find("systemd-analyze");
    }

    private Command.Result verified(String unit) throws Exception {
        return Command.of(analyze, "verify", "--man=no", units.resolve(unit))
                .env("SYSTEMD_UNIT_PATH", units + ":")
                .run()
                .succeeded();
    }

    @Test
    void theServiceIsRight() throws Exception {
        Command.Result result = verified("proxmox-discovery.service");
        assertThat(result.out() + result.err()).isEmpty();
    }

    @Test
    void theTimerIsRightWithWhatMakesTheServiceEnd() throws Exception {
        Path dropIn = Files.createDirectories(units.resolve("proxmox-discovery.service.d"));
        Files.writeString(dropIn.resolve("once.conf"), shipped("once.conf"));
        try {
            Command.Result result = verified("proxmox-discovery.timer");
            assertThat(result.out() + result.err()).isEmpty();
        } finally {
            Files.delete(dropIn.resolve("once.conf"));
            Files.delete(dropIn);
        }
    }

    @Test
    void theServiceMayDoAsLittleAsTheDocsSay() throws Exception {
        String told = Files.readString(home.resolve("docs/how-to/run-as-a-service.md"));
        String out = Command.of(
                        analyze,
                        "security",
                        "--offline=yes",
                        "--no-pager",
                        "--threshold=" + MOST_EXPOSED,
                        units.resolve("proxmox-discovery.service"))
                .env("LC_ALL", "C.UTF-8")
                .run()
                .succeeded()
                .out();
        List<String> exposure = EXPOSURE.matcher(out)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(exposure).hasSize(1);
        assertThat(EXPOSURE.matcher(told).results().map(found -> found.group(1)))
                .isEqualTo(exposure);
    }
}
