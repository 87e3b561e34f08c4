package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.delivery.Webhook.Answer;
import io.github.proxmoxdiscovery.delivery.Webhook.Request;
import io.github.proxmoxdiscovery.ledger.Parked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSinkTest {

    private static final Set<String> OF_ANY_REQUEST =
            Set.of("host", "connection", "content-length", "accept-encoding", "user-agent", "transfer-encoding");
    private static final String TOKEN = "webhook-token-1234567890";

    @TempDir
    private Path folder;

    private Program program(Lab lab, String url) {
        return lab.program("http,file").with("sink.http.url", url).with("discovery.delivery-timeout", "20s");
    }

    @Test
    void postsOneHostARequestWithTheAttributesOfItsEventAsHeaders() {
        try (Lab lab = Lab.of(folder, 8);
                Webhook webhook = Webhook.that(request -> Answer.of(200, "{\"ok\": true}"))) {
            Program.Result result =
                    program(lab, webhook.url()).env("SINK_HTTP_TOKEN", TOKEN).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(webhook.ids()).isEqualTo(lab.ids());
            webhook.requests().forEach(HttpSinkTest::isOneEvent);
            assertThat(webhook.requests().stream().map(Request::body).sorted().toList())
                    .isEqualTo(lab.output().lines().stream().sorted().toList());
            assertThat(result.err()).contains("sink http took 8 hosts").doesNotContain(TOKEN);
        }
    }

    private static void isOneEvent(Request request) {
        MessageSchema.validate(request.body());
        JsonNode host = Output.json(request.body());
        String eventId = host.path("run_id").asText() + "/" + request.id();
        Map<String, String> own = new ConcurrentHashMap<>(request.headers());
        own.keySet().removeAll(OF_ANY_REQUEST);
        own.remove("ce-time");
        own.remove("ce-dataschema");
        assertThat(own)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "authorization",
                        "Bearer " + TOKEN,
                        "content-type",
                        "application/json",
                        "idempotency-key",
                        eventId,
                        "ce-id",
                        eventId,
                        "ce-specversion",
                        "1.0",
                        "ce-source",
                        "/proxmox-discovery/lab",
                        "ce-type",
                        "io.github.proxmoxdiscovery.host.observed.v1",
                        "ce-subject",
                        request.id()));
        assertThat(Instant.parse(request.header("ce-time"))).isNotNull();
        assertThat(request.method()).isEqualTo("POST");
    }

    @Test
    void sendsTheSameBodyWithTheSameKeyAgainAfterA503() {
        try (Lab lab = Lab.of(folder, 3);
                Webhook webhook = Webhook.that(firstOfEachFails(503))) {
            Program.Result result = program(lab, webhook.url()).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(webhook.requests()).hasSize(6);
            assertThat(distinct(webhook.requests())).hasSize(3);
            assertThat(lab.output().lackingIds("http")).isEmpty();
        }
    }

    private static Webhook.Behaviour firstOfEachFails(int status) {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        return request -> Answer.of(seen.add(request.header("idempotency-key")) ? status : 200);
    }

    /** What is left of the requests when those with the same key and the same body count once. */
    private static Set<String> distinct(List<Request> requests) {
        Set<String> distinct = new HashSet<>();
        requests.forEach(request -> distinct.add(request.header("idempotency-key") + request.body()));
        return distinct;
    }

    @Test
    void triesAgainWhatMayPass() {
        Iterator<Integer> statuses = List.of(408, 425, 429, 500, 599).iterator();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Lab lab = Lab.of(folder, 5);
                Webhook webhook = Webhook.that(request -> Answer.of(seen.add(request.id()) ? statuses.next() : 200))) {
            assertThat(program(lab, webhook.url()).run("once").exitCode()).isZero();
            assertThat(webhook.requests()).hasSize(10);
        }
    }

    @Test
    void waitsAsLongAsTheServerAsksInSeconds() {
        assertThat(waitedMillis("1")).isGreaterThanOrEqualTo(990);
    }

    @Test
    void waitsUntilTheDateThatTheServerNames() {
        String soon = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(2).atZone(ZoneOffset.UTC));
        Instant named = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(soon));
        waitedMillis(soon);
        assertThat(Instant.now()).isAfter(named.minusMillis(100));
    }

    private long waitedMillis(String retryAfter) {
        List<Long> times = new ArrayList<>();
        try (Lab lab = Lab.of(folder, 1);
                Webhook webhook = Webhook.that(request -> {
                    times.add(System.nanoTime());
                    return times.size() == 1 ? Answer.of(429).with("Retry-After", retryAfter) : Answer.of(200);
                })) {
            assertThat(program(lab, webhook.url()).run("once").exitCode()).isZero();
            assertThat(times).hasSize(2);
            return (times.get(1) - times.get(0)) / 1_000_000;
        }
    }

    @Test
    void doesNotHammerAServerThatAsksForNoWaitAtAll() {
        try (Lab lab = Lab.of(folder, 1);
                Webhook webhook = Webhook.that(request -> Answer.of(503).with("Retry-After", "0"))) {
            Program.Result result = program(lab, webhook.url())
                    .with("discovery.delivery-timeout", "1s")
                    .run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(webhook.requests()).hasSizeLessThan(5);
        }
    }

    @Test
    void parksTheHostsThatTheServerRejectsAndDeliversTheOthers() {
        Map<String, Integer> statuses = Map.of(
                "lab/qemu/102/net0", 400, "lab/qemu/103/net0", 413, "lab/qemu/104/net0", 415, "lab/qemu/105/net0", 422);
        try (Lab lab = Lab.of(folder, 6);
                Webhook webhook =
                        Webhook.that(request -> Answer.of(statuses.getOrDefault(request.id(), 200), "a\r\nword"))) {
            Program.Result result = program(lab, webhook.url()).run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(webhook.requests()).hasSize(6);
            assertThat(lab.output().parked("http"))
                    .hasSize(4)
                    .allSatisfy(parked -> assertThat(parked.answer())
                            .startsWith("SINK_REJECTED " + statuses.get(parked.id()))
                            .endsWith(": a word"));
            assertThat(lab.output().lackingIds("http")).isEqualTo(lab.output().parkedIds("http"));
            assertThat(result.err()).contains("sink http took 2 hosts, and lacks 4", "Last: SINK_REJECTED");
        }
    }

    private static Webhook.Behaviour rejecting(String id, int status) {
        return request -> request.body().contains(id)
                ? Answer.of(status, "this one\r\nwe do not like").with("Set-Cookie", "a=b")
                : Answer.of(201, "thank you").with("Set-Cookie", "a=b");
    }

    private static void isParked(Output output, String id, int status) {
        assertThat(output.parkedIds("http")).containsExactly(id);
        assertThat(output.lackingIds("http")).containsExactly(id);
        Parked parked = output.parked("http").get(0);
        assertThat(parked.times()).isEqualTo(1);
        assertThat(parked.answer()).startsWith("SINK_REJECTED " + status).endsWith("this one we do not like");
    }

    @Test
    void sendsABatchAsStructuredEventsWithoutEventHeaders() {
        try (Lab lab = Lab.of(folder, 5);
                Webhook webhook = Webhook.that(firstOfEachFails(503))) {
            Program.Result result =
                    program(lab, webhook.url()).with("sink.http.batch", "3").run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(webhook.requests()).hasSize(4);
            assertThat(distinct(webhook.requests())).hasSize(2);
            List<String> hosts = new ArrayList<>();
            distinctBodies(webhook).forEach(body -> body.forEach(event -> hosts.add(hostOf(event))));
            assertThat(Output.ids(hosts)).isEqualTo(lab.ids());
            webhook.requests().forEach(HttpSinkTest::isABatch);
        }
    }

    private static List<JsonNode> distinctBodies(Webhook webhook) {
        return webhook.requests().stream()
                .map(Request::body)
                .distinct()
                .map(Output::json)
                .toList();
    }

    private static void isABatch(Request request) {
        assertThat(request.header("content-type")).isEqualTo("application/cloudevents-batch+json");
        assertThat(request.header("idempotency-key")).isNotBlank();
        assertThat(request.headers().keySet()).noneMatch(name -> name.startsWith("ce-") || name.startsWith("ce_"));
    }

    private static String hostOf(JsonNode event) {
        assertThat(event.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "specversion",
                        "id",
                        "source",
                        "type",
                        "subject",
                        "time",
                        "dataschema",
                        "datacontenttype",
                        "data");
        assertThat(event.path("subject")).isEqualTo(event.at("/data/id"));
        assertThat(event.path("id").asText())
                .endsWith("/" + event.path("subject").asText());
        MessageSchema.validate(event.path("data").toString());
        return event.path("data").toString();
    }

    @Test
    void splitsABatchThatIsRejectedAsAWholeUntilOnlyTheCulpritIsParked() {
        try (Lab lab = Lab.of(folder, 6);
                Webhook webhook = Webhook.that(rejecting("lab/qemu/103/net0", 422))) {
            Program.Result result =
                    program(lab, webhook.url()).with("sink.http.batch", "6").run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            isParked(lab.output(), "lab/qemu/103/net0", 422);
            assertThat(webhook.requests())
                    .as("the fewer, the sooner it stands alone")
                    .hasSizeBetween(5, 7)
                    .allSatisfy(HttpSinkTest::isABatch);
            assertThat(webhook.requests())
                    .noneMatch(request -> request.headers().containsKey("cookie"));
        }
    }

    @Test
    void triesAHostOfASplitBatchAgain() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Lab lab = Lab.of(folder, 3);
                Webhook webhook = Webhook.that(request -> {
                    boolean single = Output.json(request.body()).size() == 1;
                    return Answer.of(!single ? 413 : seen.add(request.body()) ? 503 : 200);
                })) {
            Program.Result result =
                    program(lab, webhook.url()).with("sink.http.batch", "3").run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(webhook.requests()).hasSize(8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 410, 302})
    void leavesAServerAloneThatRefusesEverything(int status) {
        try (Lab lab = Lab.of(folder, 30);
                Webhook webhook = Webhook.that(request -> Answer.of(status, "go away"))) {
            Program.Result result = program(lab, webhook.url()).run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(webhook.requests()).hasSize(1);
            assertThat(lab.output().lackingIds("http")).isEqualTo(lab.ids());
            assertThat(lab.output().parked("http")).isEmpty();
            assertThat(result.err().lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("sink http took 0 hosts, and lacks 30")
                            .matches(".* Last: SINK_PAUSED " + status + " .{0,50}: go away"));
            assertThat(lab.output().ids()).isEqualTo(lab.ids());
        }
    }

    @Test
    void followsNoRedirectToAnotherHostAndShowsItNoToken() {
        try (Lab lab = Lab.of(folder, 2);
                Webhook thief = Webhook.thatTakesAll();
                Webhook webhook = Webhook.that(
                        request -> Answer.of(307).with("Location", thief.url().replace("127.0.0.1", "localhost")))) {
            Program.Result result =
                    program(lab, webhook.url()).env("SINK_HTTP_TOKEN", TOKEN).run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(thief.requests()).isEmpty();
            assertThat(result.err()).contains("Last: SINK_PAUSED 307");
        }
    }

    @Test
    void isNotSteeredByTheHeadersOfAnAnswer() {
        try (Lab lab = Lab.of(folder, 3);
                Webhook thief = Webhook.thatTakesAll();
                Webhook webhook = Webhook.that(steering(thief.url()))) {
            Program.Result result = program(lab, webhook.url()).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(thief.requests()).isEmpty();
            assertThat(webhook.requests())
                    .hasSize(6)
                    .allSatisfy(request -> assertThat(request.headers().keySet())
                            .doesNotContain("rejected", "x-of-the-server", "cookie", "camelhttpuri"));
            assertThat(lab.output().lackingIds("http")).isEmpty();
        }
    }

    private static Webhook.Behaviour steering(String elsewhere) {
        Webhook.Behaviour firstFails = firstOfEachFails(503);
        return request -> firstFails
                .answer(request)
                .with("rejected", request.id())
                .with("CamelHttpUri", elsewhere)
                .with("CamelHttpResponseCode", "401")
                .with("CamelRedeliveryDelay", "999999")
                .with("Set-Cookie", "session=1")
                .with("X-Of-The-Server", "1");
    }

    @Test
    void readsTheTokenAgainWhenItsFileChanges() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "first-token-of-two\n");
        AtomicInteger count = new AtomicInteger();
        try (Lab lab = Lab.of(folder, 3);
                Webhook webhook = Webhook.that(request -> {
                    write(token, "other-token-of-two\n");
                    return Answer.of(
                            count.incrementAndGet() == 2 ? 503 : 200, "you sent " + request.header("authorization"));
                })) {
            Program.Result result = program(lab, webhook.url())
                    .with("sink.http.token-file", token.toString())
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(webhook.requests().stream().map(request -> request.header("authorization")))
                    .startsWith("Bearer first-token-of-two")
                    .endsWith("Bearer other-token-of-two");
            assertThat(result.err()).doesNotContain("token-of-two");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepsNoTokenThatAnAnswerRepeats() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        try (Lab lab = Lab.of(folder, 1);
                Webhook webhook =
                        Webhook.that(request -> Answer.of(400, "you sent " + request.header("authorization")))) {
            Program.Result result = program(lab, webhook.url())
                    .with("sink.http.token-file", token.toString())
                    .run("once");
            assertThat(lab.output().parked("http").get(0).answer())
                    .contains("you sent Bearer")
                    .doesNotContain(TOKEN);
            assertThat(result.err()).contains("you sent Bearer").doesNotContain(TOKEN);
        }
    }

    @Test
    void keepsNoTokenOfWhichItShowsOnlyTheBeginning() {
        String half = TOKEN.substring(0, TOKEN.length() / 2);
        try (Lab lab = Lab.of(folder, 1);
                Webhook webhook =
                        Webhook.that(request -> Answer.of(400, "x ".repeat(86) + request.header("authorization")))) {
            Program.Result result =
                    program(lab, webhook.url()).env("SINK_HTTP_TOKEN", TOKEN).run("once");
            assertThat(lab.output().parked("http").get(0).answer())
                    .contains(": x x")
                    .doesNotContain(half);
            assertThat(result.err()).contains(": x x").doesNotContain(half);
        }
    }

    @Test
    void parksAHostOfWhichTheHeadersAreTooLongAndTakesTheOthers() {
        try (Lab lab = Lab.of(folder, 3);
                Webhook webhook = Webhook.that(rejecting("lab/qemu/102/net0", 431))) {
            program(lab, webhook.url()).run("once");
            isParked(lab.output(), "lab/qemu/102/net0", 431);
        }
    }

    @Test
    void writesItsKeyInPlainLettersWhateverARouteFileMakesOfAnId() {
        try (Lab lab = Lab.of(folder, 2);
                Webhook webhook = Webhook.thatTakesAll()) {
            RouteFolder routes = lab.routes().put("transform/transform-host.camel.yaml", """
                    - route:
                        id: transform-host
                        routeConfigurationId: as-the-caller-says
                        from:
                          uri: direct:transform-host
                          steps:
                            - setVariable:
                                name: letter
                                simple: "${body[id]}/ä"
                            - script:
                                simple: "${body.put('id', ${variable.letter})}"
                            - marshal:
                                json: {library: Jackson}
                            - bean: {ref: guests, method: keep}
                    """);
            Program.Result result = program(lab, webhook.url())
                    .option("--routes", routes.path().toString())
                    .run("once");
            assertThat(webhook.requests())
                    .as(result.err())
                    .extracting(request -> request.header("idempotency-key"))
                    .hasSize(2)
                    .allSatisfy(key -> assertThat(key).endsWith("/net0/%C3%A4"));
        }
    }

    @Test
    void keepsTheQueryOfTheAddress() {
        try (Lab lab = Lab.of(folder, 1);
                Webhook webhook = Webhook.thatTakesAll()) {
            program(lab, webhook.url() + "?team=a%20b&x=1").run("once");
            assertThat(webhook.requests().get(0).uri()).isEqualTo("/hosts?team=a%20b&x=1");
        }
    }
}
