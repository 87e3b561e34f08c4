package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.delivery.Webhook.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sinks that are nothing but an endpoint URI in the configuration. */
@Timeout(60)
class UriSinkTest {

    private static final String SECRET = "very-secret-key-42";

    @TempDir
    private Path folder;

    @Test
    void writesToAFileAsCamelDoes() throws IOException {
        Files.writeString(
                folder.resolve("application.properties"),
                "sink.mine.uri=file:" + folder + "/mine?fileName=all&fileExist=Append&appendChars=\\\\n\n");
        try (Lab lab = Lab.of(folder, 4)) {
            Program.Result result = lab.program("mine,file").run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(Output.lines(folder.resolve("mine/all")))
                    .isEqualTo(lab.output().lines());
            lab.output().lines().forEach(MessageSchema::validate);
        }
    }

    @Test
    void handsAnEndpointTheHeadersOfTheContractAndNoOthers() {
        try (Lab lab = Lab.of(folder, 3);
                Webhook webhook = Webhook.thatTakesAll()) {
            Program.Result result =
                    lab.program("mine").with("sink.mine.uri", webhook.url()).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(webhook.ids()).isEqualTo(lab.ids());
            webhook.requests()
                    .forEach(request -> assertThat(ownHeaders(request)).containsExactlyInAnyOrder(CONTRACT));
        }
    }

    private static final String[] CONTRACT = {
        "id",
        "cluster",
        "run_id",
        "event_type",
        "ce_id",
        "ce_source",
        "ce_specversion",
        "ce_type",
        "ce_subject",
        "ce_time",
        "ce_dataschema"
    };

    /** Without those that any HTTP request has. */
    private static Set<String> ownHeaders(Webhook.Request request) {
        Set<String> any = Set.of(
                "host", "connection", "content-length", "content-type", "accept-encoding", "user-agent", "accept");
        return request.headers().keySet().stream()
                .filter(name -> !any.contains(name))
                .collect(Collectors.toSet());
    }

    @Test
    void sendsTheSameAgainThoughTheEndpointHasChangedTheMessage() {
        try (Lab lab = Lab.of(folder, 2);
                Webhook webhook = Webhook.that(failingFirst())) {
            Program.Result result =
                    lab.program("mine").with("sink.mine.uri", webhook.url()).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(webhook.requests())
                    .hasSize(4)
                    .allSatisfy(request -> assertThat(ownHeaders(request)).containsExactlyInAnyOrder(CONTRACT));
        }
    }

    private static Webhook.Behaviour failingFirst() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        return request -> Answer.of(seen.add(request.id()) ? 500 : 200, "thank you")
                .with("rejected", "x")
                .with("X-Of-The-Server", "1");
    }

    @Test
    void masksASecretOfTheAddressWhereverItIsShownOrKept() {
        try (Lab lab = Lab.of(folder, 2);
                Webhook webhook = Webhook.that(request -> Answer.of(500, "not " + request.uri()))) {
            Program.Result result = lab.program("mine")
                    .with("discovery.delivery-timeout", "1s")
                    .env("MY_KEY", SECRET)
                    .with("sink.mine.uri", webhook.url() + "?code={{env:MY_KEY}}&x=1")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
            assertThat(webhook.requests().get(0).uri()).contains("code=" + SECRET);
            assertThat(result.err() + result.out()).doesNotContain(SECRET);
            assertThat(result.err()).contains("code=***");
            assertThat(lab.output().lackingIds("mine")).isEqualTo(lab.ids());
        }
    }

    @Test
    void refusesAnUnknownComponentBeforeAnythingIsDone() {
        try (Lab lab = Lab.of(folder, 1)) {
            Program.Result result = lab.program("mine")
                    .env("MY_KEY", SECRET)
                    .with("sink.mine.uri", "carrierpigeon:home?password={{env:MY_KEY}}")
                    .run("once");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("error: ", "carrierpigeon").doesNotContain(SECRET, "\tat ");
            assertThat(lab.cluster().requests()).isEmpty();
        }
    }

    @Test
    void startsThoughTheEndpointCannotBeReached() {
        try (Lab lab = Lab.of(folder, 2)) {
            Program.Result result = lab.program("mine,file")
                    .with("sink.mine.uri", "kafka:hosts?brokers=no-such-host.invalid:9092")
                    .with("discovery.delivery-timeout", "1s")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
            assertThat(lab.output().lackingIds("mine")).isEqualTo(lab.ids());
            assertThat(lab.output().ids()).isEqualTo(lab.ids());
        }
    }

    @Test
    void leavesAnEndpointBehindThatNeverComesBack() throws IOException {
        try (Lab lab = Lab.of(folder, 3);
                RawServer silent = RawServer.that((socket, number) -> Thread.sleep(120_000))) {
            Program.Result result = lab.program("mine,file")
                    .with("sink.mine.uri", silent.url())
                    .with("discovery.delivery-timeout", "1s")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
            assertThat(lab.output().lackingIds("mine")).isEqualTo(lab.ids());
            assertThat(result.err()).contains("sink mine took 0 hosts, and lacks 3", "Last: SINK_UNREACHABLE ");
            assertThat(lab.output().ids()).isEqualTo(lab.ids());
        }
    }

    @Test
    void logsWhatALogEndpointIsGiven() {
        try (Lab lab = Lab.of(folder, 2)) {
            Program.Result result = lab.program("mine")
                    .with("sink.mine.uri", "log:seen?level=WARN&showAll=true&multiline=false&maxChars=5000")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err().lines().filter(line -> line.contains(" seen - ")))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .contains("ce_subject=lab/qemu/")
                            .doesNotContainIgnoringCase(
                                    "authorization", "cookie", "CamelHttp", "quartz", Lab.secret()));
        }
    }

    @Test
    void handsOnToARouteOfTheUsers() {
        try (Lab lab = Lab.of(folder, 3)) {
            RouteFolder routes = lab.routes().put("mine.camel.yaml", """
                    - route:
                        id: mine
                        from:
                          uri: direct:mine
                          steps:
                            - to: "file:%s?fileName=${header.id}"
                    """.formatted(folder.resolve("mine")));
            Program.Result result = lab.program("mine")
                    .option("--routes", routes.path().toString())
                    .with("sink.mine.uri", "direct:mine")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            lab.ids()
                    .forEach(
                            id -> assertThat(folder.resolve("mine").resolve(id)).exists());
        }
    }
}
