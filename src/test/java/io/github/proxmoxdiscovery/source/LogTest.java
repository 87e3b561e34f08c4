package io.github.proxmoxdiscovery.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.NodeState;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of the program in its own process: who writes it is decided once, when it starts. */
class LogTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USER = "discovery@pve";
    private static final String PASSWORD = "pass\"word\\with all";

    @TempDir
    private Path folder;

    @Test
    void asJsonEachLineIsAnObjectWithWhatItIsAboutInFieldsAndNoSecret() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster()
                        .user(USER, PASSWORD, Privileges.full())
                        .node("pve2", NodeState.offline())
                        .guest(SampleGuests.vm(101))
                        .guest(SampleGuests.vm(102))
                        .start();
                Fork fork = Fork.start(
                        Discovery.in(folder)
                                .at("lab", cluster.url())
                                .of("lab", "fingerprint", cluster.fingerprint())
                                .of("lab", "username", USER)
                                .secret("lab", "password", PASSWORD)
                                .with("log.format", "json")
                                .with("log.debug.clusters", "lab"),
                        "once")) {
            cluster.fault("/qemu/102/config", Fault.status(500, "no " + PASSWORD + " \u001b[31m"));
            Program.Result result = fork.await();
            List<JsonNode> lines = new ArrayList<>();
            for (String line : result.err().lines().toList()) {
                lines.add(JSON.readTree(line));
            }
            assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
            assertThat(lines).isNotEmpty().allSatisfy(line -> {
                assertThat(line.path("ts").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
                assertThat(line.path("level").asText()).matches("ERROR|WARN|INFO|DEBUG");
                assertThat(line.hasNonNull("logger") && line.hasNonNull("message"))
                        .isTrue();
            });
            assertThat(lines).anySatisfy(line -> {
                assertThat(line.path("level").asText()).isEqualTo("WARN");
                assertThat(line.path("reason").asText()).isEqualTo("NODE_OFFLINE");
                assertThat(line.path("cluster").asText()).isEqualTo("lab");
                assertThat(line.path("node").asText()).isEqualTo("pve2");
                assertThat(line.path("run_id").asText()).isNotEmpty();
            });
            assertThat(lines).anySatisfy(line -> {
                assertThat(line.path("logger").asText()).isEqualTo("discovery.cluster.lab");
                assertThat(line.path("level").asText()).isEqualTo("DEBUG");
                assertThat(line.path("vmid").asText()).isEqualTo("101");
                assertThat(line.path("message").asText())
                        .contains("/qemu/101/config")
                        .contains("200");
            });
            assertThat(lines)
                    .anySatisfy(line -> assertThat(line.path("sink").asText()).isEqualTo("file"));
            assertThat(result.err())
                    .doesNotContain("pass\\\"word", "word\\\\with", "PVE:" + USER)
                    .contains("***");
        }
    }

    @Test
    void asTextTheDebugOfOneClusterIsThatOfThisOneAlone() throws Exception {
        try (SimulatedCluster one =
                        Discovery.cluster().guest(SampleGuests.vm(101)).start();
                SimulatedCluster other =
                        Discovery.cluster().guest(SampleGuests.vm(102)).start();
                Fork fork = Fork.start(
                        Discovery.in(folder)
                                .read("one", one)
                                .read("other", other)
                                .with("log.debug.clusters", "one"),
                        "once")) {
            Program.Result result = fork.await();
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err())
                    .contains("DEBUG discovery.cluster.one - GET ")
                    .contains("other: complete run")
                    .doesNotContain("discovery.cluster.other", "SLF4J", "apache.hc", Discovery.SECRET);
        }
    }

    @Test
    void aClusterThatIsNotThereCannotBeLogged() {
        Program.Result result = Discovery.in(folder)
                .at("lab", "https://127.0.0.1:1")
                .token("lab", Discovery.TOKEN_ID, Discovery.SECRET)
                .with("log.debug.clusters", "lob")
                .with("log.level", "loud")
                .program()
                .run("validate");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("log.debug.clusters: there is no cluster")
                .contains("log.level");
    }
}
