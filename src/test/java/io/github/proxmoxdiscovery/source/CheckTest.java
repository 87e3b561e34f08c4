package io.github.proxmoxdiscovery.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.Flavour;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code check} says of each thing that can be wrong, and how it ends. */
public class CheckTest {

    @TempDir
    private Path folder;

    static List<CheckCase> cases() {
        return CheckCase.all();
    }

    private Program.Result run(CheckCase broken, Flavour flavour) {
        try (SimulatedCluster cluster = CheckCase.cluster(flavour)) {
            Program.Result result = broken.run(folder, cluster);
            CheckCase.keep(broken.name(), folder, result);
            assertThat(cluster.log()
                            .requests(request -> !request.method().equals("GET")
                                    && !request.target().endsWith("/access/ticket")))
                    .as("nothing is written")
                    .isEmpty();
            return result;
        }
    }

    private void holds(CheckCase broken, Program.Result result) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(broken.exitCode());
        assertThat(result.out().replaceAll("\\s+", " ")).contains(broken.lines());
        assertThat(result.out() + result.err()).doesNotContain(Discovery.SECRET, "a password of some length", "\tat ");
        assertThat(result.out().lines().filter(line -> line.length() > 100))
                .as("only what is to be copied is wide")
                .allMatch(line -> line.startsWith("        ") && line.strip().matches("(pveum|proxmox\\.|kafka-).*"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void saysWhatIsWrongAndWhatToDo(CheckCase broken) {
        holds(broken, run(broken, Flavour.PVE_9));
    }

    @Test
    void beforeNineTheAgentNeedsAnotherPrivilege() {
        holds(CheckCase.agentOnEight(), run(CheckCase.agentOnEight(), Flavour.PVE_8));
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void whatIsRightIsRightOnEveryVersion(Flavour flavour) {
        CheckCase right = cases().get(0);
        try (SimulatedCluster cluster = CheckCase.cluster(flavour)) {
            Program.Result result = right.run(folder, cluster);
            assertThat(result.exitCode()).as(result.out()).isZero();
            assertThat(result.out()).contains("ok    lab", " 0 fail");
        }
    }

    @Test
    void leavesNothingBehindAndReadsOneGuestOfEachKind() throws IOException {
        try (SimulatedCluster cluster = CheckCase.cluster(Flavour.PVE_9)) {
            for (int vmid = 110; vmid < 120; vmid++) {
                cluster.put(SampleGuests.vm(vmid));
                cluster.put(SampleGuests.container(vmid + 100));
            }
            Program.Result result = cases().get(0).run(folder, cluster);
            assertThat(result.exitCode()).as(result.out()).isZero();
            assertThat(cluster.log().requests(request -> request.target().matches(".*/(qemu|lxc)/\\d+/.*")))
                    .hasSize(4);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void theSecretOfAnEndpointThatCannotBeMadeIsNotShown() {
        try (SimulatedCluster cluster = CheckCase.cluster(Flavour.PVE_9)) {
            Program.Result result = Discovery.of(folder, cluster)
                    .with("discovery.sinks", "spool")
                    .program()
                    .env("SINK_SPOOL_URI", "flie:spool?password=" + Discovery.SECRET)
                    .run("check");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
            assertThat(result.out()).contains("flie").doesNotContain(Discovery.SECRET);
            assertThat(result.err()).doesNotContain(Discovery.SECRET);
        }
    }

    @Test
    void aConfigurationThatIsWrongIsSaidAsByEveryCommand() {
        Program.Result result =
                Program.in(folder).option("--config", folder.toString()).run("check");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("error: proxmox.pve.url");
    }
}
