package io.github.proxmoxdiscovery.editing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.delivery.KafkaBroker;
import io.github.proxmoxdiscovery.delivery.Lab;
import io.github.proxmoxdiscovery.delivery.Output;
import io.github.proxmoxdiscovery.delivery.RouteFolder;
import io.github.proxmoxdiscovery.delivery.WithKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a user changes in the route files shows at the sinks after the next start, with nothing to build. */
@ExtendWith(WithKafka.class)
class EditingTest {

    private static final String TRANSFORM_HOST = "transform/transform-host.camel.yaml";
    private static final String MARSHAL = "        - marshal:\n";

    @TempDir
    private Path folder;

    private static Program program(Lab lab, RouteFolder routes, String sinks) {
        return lab.program(sinks)
                .option("--routes", routes.path().toString())
                .with("discovery.delivery-timeout", "10s");
    }

    /** The hosts after a run with these routes. */
    private static List<JsonNode> hosts(Lab lab, RouteFolder routes) {
        Program.Result result = program(lab, routes, "file").run("once");
        assertThat(result.exitCode()).as(result.err()).isZero();
        return lab.output().lines().stream().map(Output::json).toList();
    }

    @Test
    void oneEditChangesWhatEverySinkGets(KafkaBroker kafka) {
        String topic = kafka.topic("edited", Map.of());
        try (Lab lab = Lab.of(folder, 3)) {
            RouteFolder routes = lab.routes();
            Program program = program(lab, routes, "file,kafka,mine")
                    .with("sink.kafka.brokers", kafka.address())
                    .with("sink.kafka.topic", topic)
                    .with("sink.mine.uri", "file:" + folder + "/mine?fileName=${header.ce_id}");
            assertThat(program.run("once").exitCode()).isZero();
            List<String> before = lab.output().lines();
            Path first = lab.output().runs("lab").get(0);
            routes.insertBefore(TRANSFORM_HOST, MARSHAL, """
                            - script:
                                simple: "${body.put('site', 'Zürich')}"
                    """);
            assertThat(program.run("once").exitCode()).isZero();
            // Runs of the same second have names in any order.
            List<String> after = lab.output().runs("lab").stream()
                    .filter(run -> !run.equals(first))
                    .flatMap(run -> lines(run).stream())
                    .toList();
            assertThat(sites(before)).containsExactly("none");
            assertThat(sites(after)).containsExactly("Zürich");
            List<String> records =
                    kafka.records(topic).stream().map(ConsumerRecord::value).toList();
            assertThat(records).hasSize(6).containsAll(before).containsAll(after);
            after.forEach(line ->
                    assertThat(folder.resolve("mine").resolve(eventId(line))).hasContent(line));
            after.forEach(MessageSchema::validate);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> sites(List<String> lines) {
        return lines.stream()
                .map(line -> Output.json(line).path("site").asText("none"))
                .collect(Collectors.toSet());
    }

    private static String eventId(String line) {
        JsonNode host = Output.json(line);
        return host.path("run_id").asText() + "/" + host.path("id").asText();
    }

    @Test
    void aFieldIsDropped() {
        try (Lab lab = Lab.of(folder, 2)) {
            RouteFolder routes = lab.routes().insertBefore(TRANSFORM_HOST, MARSHAL, """
                            - script:
                                simple: "${body.remove('switch_port')}"
                            - script:
                                simple: "${body[proxmox].remove('tags')}"
                    """);
            assertThat(hosts(lab, routes))
                    .hasSize(2)
                    .noneMatch(host -> host.has("switch_port"))
                    .noneMatch(host -> host.path("proxmox").has("tags"));
        }
    }

    @Test
    void aFieldComesFromTheConfigOfTheGuestWhateverIsWrittenThere() {
        String hostile = "a, 'b' \"c\" ) } ${sysenv.HOME} {{discovery.data}}";
        try (Lab lab = Lab.of(folder, 4)) {
            lab.cluster().change(102, guest -> guest.config("description", hostile));
            RouteFolder routes = lab.routes().insertBefore(TRANSFORM_HOST, MARSHAL, """
                            - script:
                                simple: "${body.put('cores', ${variable.config.get('cores')})}"
                            - script:
                                simple: "${body.put('text', ${variable.config.get('description')})}"
                            - script:
                                simple: "${body.put('hostname', ${variable.config.get('name').asText()}.example.com)}"
                    """);
            assertThat(hosts(lab, routes)).hasSize(4).allSatisfy(host -> {
                int vmid = host.at("/proxmox/vmid").asInt();
                assertThat(host.path("cores").asInt()).isEqualTo(vmid % 4 + 1);
                assertThat(host.path("hostname").asText()).isEqualTo("vm-" + vmid + ".example.com");
                assertThat(host.path("text").asText()).isEqualTo(vmid == 102 ? hostile : "null");
            });
        }
    }

    @Test
    void hostsAreFilteredByTheirTags() {
        try (Lab lab = Lab.of(folder, 4)) {
            RouteFolder routes = lab.routes().insertBefore(TRANSFORM_HOST, MARSHAL, """
                            - filter:
                                simple: "${body[proxmox][tags]} !contains 'prod'"
                                steps:
                                  - stop: {}
                    """);
            assertThat(hosts(lab, routes))
                    .extracting(host -> host.at("/proxmox/vmid").asInt())
                    .containsExactlyInAnyOrder(102, 104);
        }
    }

    @Test
    void templatesGoToASinkOfTheirOwn(KafkaBroker kafka) throws IOException {
        String topic = kafka.topic("templates", Map.of());
        try (Lab lab = Lab.of(folder, 3)) {
            lab.cluster().change(102, guest -> guest.template());
            RouteFolder routes = lab.routes().put("sinks/templates.camel.yaml", ofTheDocs("templates"));
            Program.Result result = program(lab, routes, "file,templates")
                    .with("sink.kafka.brokers", kafka.address())
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(kafka.records(topic)).extracting(ConsumerRecord::key).containsExactly("lab/qemu/102/net0");
            assertThat(lab.output().ids()).isEqualTo(lab.ids());
        }
    }

    /** The sink as docs/how-to/edit-routes.md shows it. */
    private static String ofTheDocs(String sink) throws IOException {
        String page = Files.readString(Path.of("docs/how-to/edit-routes.md"));
        String after = page.split("<!-- kafka: routes/sinks/" + sink + ".camel.yaml -->\n```yaml\n", 2)[1];
        return after.substring(0, after.indexOf("```"));
    }

    @Test
    void aStepIsAddedToTheDelivery() {
        try (Lab lab = Lab.of(folder, 2)) {
            RouteFolder routes =
                    lab.routes().insertBefore("5-deliver.camel.yaml", "        - split:\n", """
                            - setBody:
                                simple: "${variable.run.cluster} is read"
                            - to: "file:%s?fileName=said"
                    """.formatted(folder));
            assertThat(hosts(lab, routes)).hasSize(2);
            assertThat(folder.resolve("said")).hasContent("lab is read");
        }
    }

    @Test
    void aSettingOfTheUsersOwnIsUsedByARoute() {
        try (Lab lab = Lab.of(folder, 1)) {
            RouteFolder routes = lab.routes().insertBefore(TRANSFORM_HOST, MARSHAL, """
                            - script:
                                simple: "${body.put('site', '{{my.site}}')}"
                    """);
            Program.Result result =
                    program(lab, routes, "file").env("MY_SITE", "Chur").run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(Output.json(lab.output().lines().get(0)).path("site").asText())
                    .isEqualTo("Chur");
            assertThat(program(lab, routes, "file").run("once").exitCode()).isEqualTo(2);
        }
    }

    @Test
    void whatIsDroppedIsMissedByNobody() {
        try (Lab lab = Lab.of(folder, 3)) {
            lab.cluster().change(102, guest -> guest.config("net0", "virtio=BC:24:11:00:00:65,bridge=vmbr0"));
            RouteFolder routes = lab.routes().insertBefore(TRANSFORM_HOST, MARSHAL, """
                            - script:
                                simple: "${body.remove('id')}"
                            - script:
                                simple: "${body.remove('mac')}"
                            - script:
                                simple: "${body[proxmox].remove('notes')}"
                    """);
            Program.Result result = program(lab, routes, "file,mine")
                    .with("sink.mine.uri", "file:" + folder + "/mine?fileName=${header.id}")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(lab.output().lines()).hasSize(3);
            lab.ids()
                    .forEach(
                            id -> assertThat(folder.resolve("mine").resolve(id)).exists());
        }
    }

    @Test
    void theMessageIsMadeANewOne() {
        try (Lab lab = Lab.of(folder, 2)) {
            RouteFolder routes = lab.routes().insertBefore(TRANSFORM_HOST, MARSHAL, """
                            - setBody:
                                simple: "${map(asset,${body[hostname]},hw,${body[mac]})}"
                    """);
            assertThat(hosts(lab, routes))
                    .extracting(JsonNode::toString)
                    .containsExactlyInAnyOrder(
                            "{\"asset\":\"vm-101\",\"hw\":\"bc:24:11:00:00:65\"}",
                            "{\"asset\":\"vm-102\",\"hw\":\"bc:24:11:00:00:66\"}");
        }
    }

    @Test
    void anIdThatIsChangedIsTheKeyAtTheSinks() {
        try (Lab lab = Lab.of(folder, 1)) {
            RouteFolder routes = lab.routes().insertBefore(TRANSFORM_HOST, MARSHAL, """
                            - script:
                                simple: "${body.put('id', 'my-101')}"
                    """);
            Program.Result result = program(lab, routes, "mine")
                    .with("sink.mine.uri", "file:" + folder + "/mine?fileName=${header.id}")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(folder.resolve("mine/my-101")).exists();
        }
    }

    @Test
    void aRouteThatThrowsIsToldOfAndEndsNothingElse() {
        try (Lab lab = Lab.of(folder, 3)) {
            RouteFolder routes = lab.routes().insertBefore(TRANSFORM_HOST, MARSHAL, """
                            - filter:
                                simple: "${body[proxmox][vmid]} == 102"
                                steps:
                                  - throwException:
                                      exceptionType: java.lang.IllegalArgumentException
                                      message: we do not like it
                    """);
            Program.Result result = program(lab, routes, "file").run("once");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
            assertThat(result.err()).contains("lab/qemu/102", "we do not like it");
            assertThat(lab.output().lines()).hasSize(2);
        }
    }

    @Test
    void aMistakeIsFoundByValidate() {
        try (Lab lab = Lab.of(folder, 1)) {
            RouteFolder routes = lab.routes().insertBefore(TRANSFORM_HOST, MARSHAL, "        - setBdoy: {}\n");
            Program.Result result = program(lab, routes, "file").run("validate");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("transform-host.camel.yaml").doesNotContain("\tat ");
        }
    }
}
