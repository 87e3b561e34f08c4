package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.proxmoxdiscovery.cli.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command add, by a program in a folder of its own, with the Maven of this machine. */
class AddTest {

    /** What every system has, and no Maven. */
    private static final List<String> TOOLS = List.of("bash", "readlink", "dirname");

    @TempDir
    private Path folder;

    private Distribution program = new Distribution(Path.of(""));

    @BeforeEach
    void install() throws Exception {
        program = Distribution.in(folder.resolve("home"));
    }

    private Program.Result add(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("add"));
        all.addAll(List.of(words));
        return program.run(Map.of(), all.toArray(String[]::new));
    }

    /** From what Maven has on this machine, or else from where it fetches; the test is skipped if it has neither. */
    private Program.Result addOrSkip(String... words) throws Exception {
        List<String> offline = new ArrayList<>(List.of("--offline"));
        offline.addAll(List.of(words));
        Program.Result result = add(offline.toArray(String[]::new));
        if (result.exitCode() == 1) {
            result = add(words);
        }
        assumeTrue(result.exitCode() != 1, "Maven is not there or cannot fetch: " + result.err());
        return result;
    }

    @Test
    void aSinkWhoseComponentIsMissingWorksOnceItIsAdded() throws Exception {
        try (Lab lab = Lab.of(folder, 3);
                Artemis broker = Artemis.start()) {
            Program.Result missing = run(lab, broker, "once");
            assertThat(missing.exitCode()).isEqualTo(2);
            assertThat(missing.err())
                    .contains("amqp.camel.yaml: the component camel-amqp is not there; fetch it with:"
                            + " bin/proxmox-discovery add camel-amqp")
                    .doesNotContain("Exception", "\tat ");

            Program.Result added = addOrSkip("camel-amqp");
            assertThat(added.exitCode()).as(added.err()).isZero();
            assertThat(added.out()).startsWith("added camel-amqp\n").contains("  camel-amqp-4.");
            assertThat(program.added())
                    .anyMatch(jar -> jar.startsWith("qpid-jms-client-"))
                    .noneMatch(jar -> jar.matches("(camel-(core|api|support)|slf4j-api|proxmox-discovery)-.*"));
            assertThat(Files.list(program.ext()).map(Path::getFileName).map(Path::toString))
                    .allMatch(name -> name.endsWith(".jar") || name.equals("added.txt"));

            Program.Result works = run(lab, broker, "once");
            assertThat(works.exitCode()).as(works.err()).isZero();
            assertThat(works.out()).isEmpty();
            assertThat(BusMessage.takenByAmqp(broker, "proxmox.hosts", 3)).hasSize(3);

            assertThat(add("camel-amqp").out()).isEqualTo("camel-amqp is there already\n");
            assertThat(add("--list").out()).contains("added camel-amqp\n", "  camel-amqp-4.");
            assertThat(add("--remove", "camel-amqp").out()).isEqualTo("removed camel-amqp\n");
            assertThat(program.added()).isEmpty();
        }
    }

    private Program.Result run(Lab lab, Artemis broker, String command) throws Exception {
        return program.run(
                Map.of(
                        "PROXMOX_PVE_TOKEN_SECRET", Lab.secret(),
                        "PROXMOX_PVE_TOKEN_ID", Lab.tokenId(),
                        "PROXMOX_PVE_URL", lab.cluster().url(),
                        "PROXMOX_PVE_FINGERPRINT", lab.cluster().fingerprint(),
                        "SINK_AMQP_URL", broker.url("amqp"),
                        "SINK_AMQP_USERNAME", Artemis.USER,
                        "SINK_AMQP_PASSWORD", Artemis.PASSWORD),
                command,
                "--routes",
                Path.of("routes").toAbsolutePath().toString(),
                "-D",
                "discovery.sinks=amqp");
    }

    @Test
    void addsNothingOfWhatTheProgramHasAndNothingThatThereIsNot() throws Exception {
        Program.Result own = add("camel-kafka", "com.google.guava:guava:30.0-jre");
        assertThat(own.exitCode()).as(own.err()).isZero();
        assertThat(own.out())
                .contains("camel-kafka is a part of the program already, in version 4.")
                .contains("guava:30.0-jre is a part of the program already, in version 33.4.8-jre, which stays");
        assertThat(add("amqp").err()).contains("Did you mean camel-amqp?");
        assertThat(add("org.postgresql:postgresql").err()).contains("lacks its version");
        assertThat(add().exitCode()).isEqualTo(2);
        Program.Result unknown = addOrSkip("camel-amqqp");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("error: there is no camel-amqqp in Camel 4.", "Did you mean camel-amqp?");
        assertThat(program.added()).isEmpty();
    }

    @Test
    void saysWhatToDoByHandWhereMavenIsMissingOrMayNotWrite() throws Exception {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        Program.Result missing = program.run(Map.of("PATH", tools.toString()), "add", "camel-amqp");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err())
                .contains("error: there is no Maven (mvn) on the PATH")
                .contains("bin/proxmox-discovery add --pom camel-amqp >pom.xml")
                .contains(":copy-dependencies -DincludeScope=runtime -DoutputDirectory=ext")
                .contains("to " + program.ext());
        assertThat(program.added()).isEmpty();

        Files.deleteIfExists(program.ext());
        Files.writeString(program.ext(), "a file where the folder should be");
        Program.Result unwritable = add("camel-amqp");
        assertThat(unwritable.exitCode()).isEqualTo(1);
        assertThat(unwritable.err()).contains("error: the folder " + program.ext() + " cannot be written");
    }

    @Test
    void leavesAloneWhatWasPutThereByHand() throws Exception {
        Files.createDirectories(program.ext());
        Files.writeString(program.ext().resolve("qpid-jms-client-1.0.jar"), "by hand");
        Program.Result result = addOrRefused();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("qpid-jms-client-1.0.jar was put there by hand");
        assertThat(program.added()).containsExactly("qpid-jms-client-1.0.jar");
    }

    private Program.Result addOrRefused() throws Exception {
        Program.Result offline = add("--offline", "camel-amqp");
        Program.Result result = offline.err().contains("by hand") ? offline : add("camel-amqp");
        assumeTrue(result.err().contains("by hand"), "Maven is not there or cannot fetch: " + result.err());
        return result;
    }
}
