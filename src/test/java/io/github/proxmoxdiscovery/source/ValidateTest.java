package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate} finds what is wrong in settings and route files, names the file, and touches nothing. */
public class ValidateTest {

    @TempDir
    private Path folder;

    private Path routes;

    @BeforeEach
    void copyRoutes() throws IOException {
        routes = folder.resolve("routes");
        Path original = Path.of("routes");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = routes.resolve(original.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private void edit(String file, UnaryOperator<String> change) throws IOException {
        Path path = routes.resolve(file);
        String before = Files.readString(path);
        String after = change.apply(before);
        assertThat(after).as("the change changes something").isNotEqualTo(before);
        Files.writeString(path, after);
    }

    private Program program() {
        return Discovery.in(folder)
                .at("lab", "https://127.0.0.1:1")
                .token("lab", Discovery.TOKEN_ID, Discovery.SECRET)
                .program()
                .option("--routes", routes.toString());
    }

    private void isRefused(String... words) {
        Program.Result result = program().run("validate");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(words).contains("error: ").doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
        Program.Result once = program().run("once");
        assertThat(once.exitCode()).as(once.err()).isEqualTo(2);
        assertThat(once.err()).contains(words);
    }

    @Test
    void touchesNoClusterAndWritesNoFile() {
        try (SimulatedCluster cluster = Discovery.cluster().guest(plainVm(101)).start()) {
            Program.Result result = Discovery.of(folder, cluster)
                    .with("discovery.sinks", "file,kafka,http")
                    .with("sink.kafka.brokers", "127.0.0.1:1")
                    .with("sink.http.url", cluster.url())
                    .program()
                    .run("validate");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).startsWith("ok: ");
            assertThat(cluster.log().connections()).isZero();
            assertThat(folder.resolve("out")).doesNotExist();
            assertThat(folder.resolve("data")).doesNotExist();
        }
    }

    @Test
    void findsARouteFileThatIsNoYaml() throws IOException {
        edit("3-enrich.camel.yaml", text -> text.replace("      steps:", "     steps: ]"));
        isRefused("3-enrich.camel.yaml");
    }

    @Test
    void findsAStepThatDoesNotExist() throws IOException {
        edit("3-enrich.camel.yaml", text -> text.replace("- filter:", "- fliter:"));
        isRefused("3-enrich.camel.yaml", "fliter");
    }

    @Test
    void findsAKeyThatStandsTwiceWhichCamelDoesNotMind() throws IOException {
        edit(
                "3-enrich.camel.yaml",
                text -> text.replaceFirst(
                        "            name: guest\n", "            name: node\n            name: guest\n"));
        isRefused("3-enrich.camel.yaml:12: the key name stands twice in the same place");
    }

    @Test
    void findsAComponentThatDoesNotExist() throws IOException {
        edit("3-enrich.camel.yaml", text -> text.replace("- to: direct:ask-agent", "- to: carrier-pigeon:agent"));
        isRefused("3-enrich.camel.yaml", "carrier-pigeon");
    }

    @Test
    void findsAPlaceholderWithoutAValue() throws IOException {
        edit("3-enrich.camel.yaml", text -> text.replace("- to: direct:ask-agent", "- to: \"direct:{{no.such.key}}\""));
        isRefused("3-enrich.camel.yaml", "no.such.key");
    }

    @Test
    void findsABeanThatDoesNotExist() throws IOException {
        edit(
                "3-enrich.camel.yaml",
                text -> text.replace("ref: guests, method: notAsked", "ref: nobody, method: notAsked"));
        isRefused("3-enrich.camel.yaml", "nobody");
    }

    @Test
    void findsAMethodThatABeanDoesNotHave() throws IOException {
        edit("3-enrich.camel.yaml", text -> text.replace("method: notAsked", "method: notAksed"));
        isRefused("3-enrich.camel.yaml", "notAksed");
    }

    @Test
    void findsAWrongOptionOfAnEndpoint() throws IOException {
        edit("deliver/deliver-to.camel.yaml", text -> text.replace("pollTimeout:", "polTimeout:"));
        isRefused("polTimeout");
    }

    @Test
    void findsAConfigurationOfErrorsThatDoesNotExist() throws IOException {
        edit("3-enrich.camel.yaml", text -> text.replace("Id: guest-error", "Id: gest-error"));
        isRefused("3-enrich.camel.yaml:", "gest-error");
    }

    @Test
    void findsASinkThatListensElsewhere() throws IOException {
        edit("sinks/file.camel.yaml", text -> text.replace("uri: direct:sink-file\n", "uri: direct:sink-flie\n"));
        isRefused("discovery.sinks", "direct:sink-file", "sinks/file.camel.yaml");
    }

    @Test
    void findsAnAddressOnWhichNobodyListensAndTheRouteThatUsesIt() throws IOException {
        edit("3-enrich.camel.yaml", text -> text.replace("- to: direct:ask-agent", "- to: direct:ask-agnet"));
        isRefused("3-enrich.camel.yaml:", "direct:ask-agnet");
    }

    @Test
    void findsAMistakeInTheScheduleWhichOnceHasNoUseFor() throws IOException {
        edit("1-poll.camel.yaml", text -> text.replace("trigger.timeZone:", "tirgger.timeZone:"));
        Program.Result result = program().run("validate");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("1-poll.camel.yaml", "tirgger.timeZone");
    }

    @Test
    void aMistakeInASinkThatIsNotChosenDoesNoHarm() throws IOException {
        edit("sinks/kafka.camel.yaml", text -> "][" + text);
        Program.Result result = program().run("validate");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    void saysAllThatIsWrongWithTheSettingsAtOnce() {
        Program.Result result = Program.in(folder)
                .option("--config", folder.toString())
                .with("proxmox.pve.urll", "x")
                .with("discovery.schedule", "every now and then")
                .run("validate");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("proxmox.pve.url:", "proxmox.pve.token-id:", "proxmox.pve.urll:", "discovery.schedule:");
    }
}
