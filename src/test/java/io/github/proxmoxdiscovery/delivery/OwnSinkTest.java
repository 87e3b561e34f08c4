package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.delivery.Webhook.Answer;
import io.github.proxmoxdiscovery.ledger.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks that are a route file of the user. */
class OwnSinkTest {

    @TempDir
    private Path folder;

    private Program program(Lab lab, RouteFolder routes, String sinks) {
        return lab.program(sinks).option("--routes", routes.path().toString()).with("discovery.delivery-timeout", "1s");
    }

    private static RouteFolder withSink(Lab lab, String name, String steps) {
        String route = """
                - route:
                    id: sink-%1$s
                    description: A sink of our own.
                    from:
                      uri: direct:sink-%1$s
                      steps:
                """.formatted(name);
        return lab.routes().put("sinks/" + name + ".camel.yaml", route + steps.indent(8));
    }

    @Test
    void getsListsOfAtMost500MessagesWithTheHeadersOfTheContract() {
        try (Lab lab = Lab.of(folder, 510)) {
            RouteFolder routes = withSink(lab, "mine", """
                    - setBody:
                        simple: "${body.size} ${headers.size} ${body[0].headers.keySet}"
                    - to: "file:%s?fileName=seen&fileExist=Append&appendChars=\\\\n"
                    """.formatted(folder.resolve("mine")));
            Program.Result result = program(lab, routes, "mine").run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(Output.lines(folder.resolve("mine/seen")).stream().map(OwnSinkTest::sortedWords))
                    .containsExactly(
                            "0 500 ce_dataschema ce_id ce_source ce_specversion ce_subject ce_time ce_type cluster"
                                    + " event_type id run_id",
                            "0 10 ce_dataschema ce_id ce_source ce_specversion ce_subject ce_time ce_type cluster"
                                    + " event_type id run_id");
        }
    }

    private static String sortedWords(String line) {
        return Stream.of(line.split("\\W+")).sorted().collect(Collectors.joining(" "));
    }

    @Test
    void getsTheReportOnARouteOfItsOwn() {
        try (Lab lab = Lab.of(folder, 2)) {
            RouteFolder routes = lab.routes().put("sinks/mine.camel.yaml", """
                    - route:
                        id: sink-mine
                        from:
                          uri: direct:sink-mine
                          steps:
                            - log: "${body.size}"
                    - route:
                        id: sink-mine-report
                        from:
                          uri: direct:sink-mine-report
                          steps:
                            - to: "file:%s?fileName=report.json"
                    """.formatted(folder.resolve("mine")));
            Program.Result result = program(lab, routes, "mine").run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            String report = String.join("", Output.lines(folder.resolve("mine/report.json")));
            MessageSchema.validateReport(report);
            assertThat(Output.json(report).at("/delivered/mine/pending").asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void isTriedAgainUntilItsTimeIsOverWhenItThrows() {
        try (Lab lab = Lab.of(folder, 3)) {
            RouteFolder routes = withSink(lab, "mine", """
                    - setBody:
                        constant: tried
                    - to: "file:%s?fileName=tries&fileExist=Append"
                    - throwException:
                        exceptionType: java.io.IOException
                        message: the disk is full
                    """.formatted(folder.resolve("mine")));
            Program.Result result = program(lab, routes, "mine,file").run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(lab.output().lackingIds("mine")).isEqualTo(lab.ids());
            assertThat(lab.output().parked("mine")).isEmpty();
            assertThat(folder.resolve("mine/tries")).exists();
            assertThat(lab.output().ids()).isEqualTo(lab.ids());
            assertThat(result.err())
                    .contains("sink mine took 0 hosts, and lacks 3")
                    .contains("Last: SINK_UNREACHABLE IOException: the disk is full");
        }
    }

    @Test
    void maySplitTheListAndDoWithItsMessagesWhatItLikes() {
        try (Lab lab = Lab.of(folder, 3);
                Webhook webhook = Webhook.that(failingFirst())) {
            RouteFolder routes = withSink(lab, "mine", """
                    - split:
                        simple: "${body}"
                        steps:
                          - removeHeaders:
                              pattern: "*"
                          - to: "%s"
                          - setBody:
                              constant: forgotten
                    """.formatted(webhook.url()));
            Program.Result result = program(lab, routes, "mine")
                    .with("discovery.delivery-timeout", "20s")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(webhook.ids().stream().distinct().toList()).isEqualTo(lab.ids());
            webhook.requests().forEach(request -> MessageSchema.validate(request.body()));
            assertThat(lab.output().lackingIds("mine")).isEmpty();
        }
    }

    private static Webhook.Behaviour failingFirst() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        return request -> Answer.of(seen.add(request.id()) ? 503 : 200);
    }

    @Test
    void keepsTheHostsAsTheyWereAndNotAsTheSinkLeftThem() {
        try (Lab lab = Lab.of(folder, 2)) {
            RouteFolder routes = withSink(lab, "mine", """
                    - split:
                        simple: "${body}"
                        steps:
                          - removeHeaders:
                              pattern: "*"
                          - setBody:
                              constant: spoilt
                          - throwException:
                              exceptionType: java.io.IOException
                              message: "no"
                    """);
            assertThat(program(lab, routes, "mine").run("once").exitCode()).isEqualTo(5);
            List<Event> lacking = lab.output().lacking("mine");
            assertThat(lacking.stream().map(Event::id)).isEqualTo(lab.ids());
            lacking.forEach(event -> MessageSchema.validate(event.body()));
        }
    }

    @Test
    void parksWhatItNamesInTheHeaderRejected() {
        try (Lab lab = Lab.of(folder, 3)) {
            RouteFolder routes = withSink(lab, "mine", """
                    - setHeader:
                        name: rejected
                        simple: "${map(lab/qemu/102/net0,too odd)}"
                    """);
            Program.Result result = program(lab, routes, "mine").run("once");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
            assertThat(lab.output().parked("mine")).hasSize(1).first().satisfies(parked -> {
                assertThat(parked.id()).isEqualTo("lab/qemu/102/net0");
                assertThat(parked.answer()).isEqualTo("SINK_REJECTED too odd");
            });
            assertThat(lab.output().lackingIds("mine")).containsExactly("lab/qemu/102/net0");
        }
    }

    @Test
    void mayHaveTakenAPartOfABatchBeforeTheConnectionFails() {
        try (Lab lab = Lab.of(folder, 3)) {
            RouteFolder routes = withSink(lab, "mine", """
                    - split:
                        simple: "${body}"
                        stopOnException: "true"
                        steps:
                          - setBody:
                              simple: "${header.event_type} ${header.id}"
                          - to: "file:%s?fileName=told&fileExist=Append&appendChars=\\\\n"
                          - filter:
                              simple: "${header.id} == 'lab/qemu/102/net0'"
                              steps:
                                - to: "http://127.0.0.1:1"
                    """.formatted(folder.resolve("mine")));
            Program program = program(lab, routes, "mine")
                    .with("sink.mine.emit", "changes")
                    .with("discovery.removal.after", "1");
            program.run("once");
            lab.cluster().remove(101);
            Program.Result result = program.run("once");
            assertThat(Output.lines(folder.resolve("mine/told")))
                    .as(result.err())
                    .contains("removed lab/qemu/101/net0");
        }
    }

    @Test
    void mayHaveAnErrorHandlerOfItsOwn() {
        Map<String, Integer> calls = new ConcurrentHashMap<>();
        try (Lab lab = Lab.of(folder, 2);
                Webhook webhook =
                        Webhook.that(request -> Answer.of(calls.merge("all", 1, Integer::sum) < 5 ? 503 : 200))) {
            RouteFolder routes = lab.routes().put("sinks/mine.camel.yaml", """
                    - onException:
                        exception: [java.lang.Exception]
                        redeliveryPolicy:
                          maximumRedeliveries: "1"
                          redeliveryDelay: "10"
                    - route:
                        id: sink-mine
                        from:
                          uri: direct:sink-mine
                          steps:
                            - split:
                                simple: "${body}"
                                stopOnException: "true"
                                steps:
                                  - to: "%s"
                    """.formatted(webhook.url()));
            Program.Result result = program(lab, routes, "mine,file")
                    .with("discovery.delivery-timeout", "20s")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(webhook.requests()).hasSize(6);
            assertThat(lab.output().ids()).isEqualTo(lab.ids());
        }
    }

    @Test
    void brokenAndNotChosenDoesNoHarm() throws IOException {
        try (Lab lab = Lab.of(folder, 1)) {
            RouteFolder routes = lab.routes().put("sinks/broken.camel.yaml", "- route: {{{ no yaml");
            Files.write(routes.path().resolve("sinks/binary.camel.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
            assertThat(program(lab, routes, "file").run("once").exitCode()).isZero();
            assertThat(program(lab, routes, "file").run("validate").exitCode()).isZero();
            Program.Result chosen = program(lab, routes, "broken").run("validate");
            assertThat(chosen.exitCode()).isEqualTo(2);
            assertThat(chosen.err()).contains("broken.camel.yaml");
        }
    }

    @Test
    void thatDoesNotTakeTheReportHasFailedThoughItTookTheHosts() {
        try (Lab lab = Lab.of(folder, 2)) {
            RouteFolder routes = withSink(lab, "mine", """
                    - log: "${body.size}"
                    """);
            routes.put("mine-report.camel.yaml", """
                    - route:
                        id: mine-report
                        from:
                          uri: direct:sink-mine-report
                          steps:
                            - throwException:
                                exceptionType: java.io.IOException
                                message: no reports, please
                    """);
            Program.Result result = program(lab, routes, "mine,file")
                    .with("discovery.delivery-timeout", "1s")
                    .run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(result.err())
                    .contains("sink mine took 2 hosts. Last: the report")
                    .contains("Last: the report: IOException: no reports, please");
            assertThat(lab.output().lackingIds("mine")).isEmpty();
        }
    }
}
