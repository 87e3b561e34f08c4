package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.DemoCluster;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every snippet of the docs is tried. A comment above it tells what for: {@code file:} names the file that it is,
 * {@code steps:} the file that it is put into; then a simulated cluster is read, and what was promised must be there.
 */
class SnippetsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FILE =
            Pattern.compile("file: (routes/sinks/([a-z]+)\\.camel\\.yaml), then a run writes (\\w+)");
    private static final Pattern STEPS =
            Pattern.compile("steps: first in (\\S+), then the demo (has fewer hosts|(?:has|lacks) [a-z_, ]+)");

    /** Which privileges there are in which release; VM.Monitor went and VM.GuestAgent.* came with PVE 9. */
    private static final Set<String> PRIVILEGES_8 = Set.of("VM.Audit", "Pool.Audit", "Sys.Audit", "VM.Monitor");

    private static final Set<String> PRIVILEGES_9 =
            Set.of("VM.Audit", "Pool.Audit", "Sys.Audit", "VM.GuestAgent.Audit");

    /** Commands that the docs may use without our trying them. */
    private static final Set<String> FOREIGN = Set.of(
            "pveum",
            "openssl",
            "export",
            "mvn",
            "cp",
            "sudo",
            "journalctl",
            "psql",
            "sha256sum",
            "diff",
            "podman",
            "promtool",
            "mosquitto_sub",
            "chmod",
            "curl",
            "ansible",
            "ansible-inventory",
            "exec",
            "#!");

    @TempDir
    private static Path temp;

    /** Of one snippet. */
    private Path folder;

    @Test
    void noSnippetIsLeftOut() {
        Set<String> tried = Set.of("sh", "properties", "yaml", "json", "text", "ini", "cron", "xml", "sql", "java");
        assertThat(Doc.all().stream().flatMap(doc -> doc.snippets().stream()))
                .allSatisfy(snippet -> assertThat(snippet.language()).isIn(tried));
    }

    @TestFactory
    Stream<DynamicTest> everyRouteDoesWhatIsPromised() {
        // What answers over HTTP is tried in ServerDocsTest.
        List<Doc.Snippet> snippets = Doc.snippets("yaml")
                .filter(SnippetsTest::isOfTheProgram)
                .filter(snippet -> !snippet.marker().startsWith("file: routes/server/"))
                .toList();
        assertThat(snippets).hasSizeGreaterThanOrEqualTo(5);
        return snippets.stream()
                .map(snippet -> dynamicTest(snippet.toString(), () -> {
                    folder = Files.createTempDirectory(temp, "snippet");
                    Matcher file = FILE.matcher(snippet.marker());
                    Matcher steps = STEPS.matcher(snippet.marker());
                    assertThat(file.matches() || steps.matches())
                            .as("has a marker: %s", snippet.marker())
                            .isTrue();
                    if (file.matches()) {
                        isASink(snippet, file.group(1), file.group(2), file.group(3));
                    } else {
                        changesTheHosts(snippet, steps.group(1), steps.group(2));
                    }
                }));
    }

    /** Those of another application are tried in {@link KameletPageTest}, those for Kafka where there is a broker. */
    private static boolean isOfTheProgram(Doc.Snippet snippet) {
        return !snippet.marker().startsWith("app: ") && !snippet.marker().startsWith("kafka: ");
    }

    private void isASink(Doc.Snippet snippet, String file, String sink, String target) throws Exception {
        Path routes = copyOfTheRoutes();
        Path written = folder.resolve(target);
        String text = snippet.text().replace("file:" + target, "file:" + written);
        Files.writeString(routes.resolveSibling(file), text);
        Program.Result result = once(routes, sink);
        assertThat(result.exitCode()).as(result.err()).isZero();
        if (snippet.text().contains("csvRows")) {
            assertThat(Files.readAllLines(written.resolve("hosts.csv")))
                    .hasSize(2)
                    .allMatch(row -> row.matches("pve/qemu/101/net\\d,bc:24:11:00:00:0\\d,web,.*"));
            return;
        }
        assertThat(messages(written)).hasSize(2).allMatch(message -> message.has("mac"));
        assertThat(reports(written)).isEqualTo(snippet.text().contains("-report") ? 1 : 0);
    }

    private static List<JsonNode> messages(Path written) throws IOException {
        List<JsonNode> messages = new ArrayList<>();
        for (Path file : filesIn(written)) {
            if (!file.toString().endsWith(".report.json")) {
                for (String line : Files.readAllLines(file)) {
                    messages.add(JSON.readTree(line));
                }
            }
        }
        return messages;
    }

    private static long reports(Path written) throws IOException {
        return filesIn(written).stream()
                .filter(file -> file.toString().endsWith(".report.json"))
                .count();
    }

    private static List<Path> filesIn(Path written) throws IOException {
        try (Stream<Path> files = Files.walk(written)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void changesTheHosts(Doc.Snippet snippet, String file, String promise) throws Exception {
        Path routes = copyOfTheRoutes();
        Path changed = routes.resolveSibling(file);
        String before = Files.readString(changed);
        HttpServer inventory = inventory();
        String steps = snippet.text()
                .replace(
                        "https://inventory.example.com",
                        "http://127.0.0.1:" + inventory.getAddress().getPort());
        Files.writeString(changed, before.replaceFirst("(?m)^( +)steps:\n", "$0" + Matcher.quoteReplacement(steps)));
        Program.Result result = once(routes, "file");
        inventory.stop(0);
        assertThat(result.exitCode()).as(result.err()).isZero();
        List<JsonNode> hosts = messages(folder.resolve("out/pve/latest.ndjson"));
        if (promise.endsWith(" hosts")) {
            assertThat(hosts).hasSize(promise.equals("has no hosts") ? 0 : 1);
            return;
        }
        boolean has = promise.startsWith("has ");
        for (String field : promise.replaceFirst("^\\w+ ", "").split(", ")) {
            assertThat(hosts).hasSize(2).anyMatch(host -> host.has(field) == has, promise + ": " + field);
        }
    }

    /** A service of the user's that knows owners. */
    private static HttpServer inventory() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/owner", exchange -> {
            byte[] owner = "${body.clear()} of it's".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, owner.length);
            exchange.getResponseBody().write(owner);
            exchange.close();
        });
        server.start();
        return server;
    }

    private Path copyOfTheRoutes() throws IOException {
        Path routes = folder.resolve("routes");
        ProjectFiles.copy(ProjectFiles.path("routes"), routes);
        return routes;
    }

    /** A run over a cluster with one guest, which has two interfaces. */
    private Program.Result once(Path routes, String sink) {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .token(DemoCluster.TOKEN_ID, DemoCluster.TOKEN_SECRET)
                .guest(SimulatedGuest.qemu(101, "web")
                        .pool("shop")
                        .tags("scratch;prod")
                        .config("description", "it's ${body.clear()}, 'x') or not")
                        .config("onboot", 1)
                        .config("net0", "virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20")
                        .config("net1", "virtio=BC:24:11:00:00:02,bridge=vmbr1"))
                .start()) {
            return Program.in(folder)
                    .with("proxmox.pve.url", cluster.url())
                    .with("proxmox.pve.fingerprint", cluster.fingerprint())
                    .with("proxmox.pve.token-id", DemoCluster.TOKEN_ID)
                    .with("discovery.sinks", sink)
                    .env("PROXMOX_PVE_TOKEN_SECRET", DemoCluster.TOKEN_SECRET)
                    .option("--config", folder.toString())
                    .option("--routes", routes.toString())
                    .run("once");
        }
    }

    @TestFactory
    Stream<DynamicTest> everySettingIsTaken() {
        List<Doc.Snippet> snippets =
                Doc.snippets("properties").filter(SnippetsTest::isOfTheProgram).toList();
        assertThat(snippets).isNotEmpty();
        return snippets.stream()
                .map(snippet -> dynamicTest(snippet.toString(), () -> {
                    folder = Files.createTempDirectory(temp, "snippet");
                    Files.writeString(folder.resolve("broker-password"), "not-a-secret");
                    Files.writeString(
                            folder.resolve("application.properties"),
                            snippet.text().replace("/run/secrets/broker", folder + "/broker"));
                    Program program = Program.in(folder)
                            .env("PROXMOX_PVE_TOKEN_SECRET", "not-a-secret")
                            .env("MQTT_PASSWORD", "not-a-secret");
                    if (snippet.text().contains("server.username=")) {
                        program.env("SERVER_PASSWORD", "not-a-secret");
                    }
                    if (!snippet.text().contains("proxmox.pve.url")) {
                        program.with("proxmox.pve.url", "https://pve1.example.com:8006");
                        program.with("proxmox.pve.token-id", "discovery@pve!discovery");
                    }
                    Program.Result result = program.option("--config", folder.toString())
                            .option("--routes", ProjectFiles.path("routes").toString())
                            .run("validate");
                    if (snippet.text().matches("(?s).*\\.uri=(paho-mqtt5|nats):.*")) {
                        // Not on the class path, as the page says.
                        assertThat(result.exitCode()).isEqualTo(2);
                        assertThat(result.err())
                                .contains("bin/proxmox-discovery add camel-")
                                .doesNotContain("there is no such setting");
                    } else {
                        assertThat(result.exitCode()).as(result.err()).isZero();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandIsOne() {
        return Doc.snippets("sh")
                .map(snippet -> dynamicTest(snippet.toString(), () -> {
                    isGoodBash(snippet.text());
                    for (String line : snippet.text().lines().toList()) {
                        String command = line.strip().split("[ /]")[0];
                        if (line.startsWith("bin/proxmox-discovery ")) {
                            isACommandOfOurs(line);
                        } else if (command.equals("pveum")) {
                            isGoodPveum(line);
                        } else {
                            assertThat(FOREIGN).contains(command);
                        }
                    }
                }));
    }

    private static void isGoodBash(String text) throws Exception {
        Process bash = new ProcessBuilder("bash", "-n", "-c", text)
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEmpty();
    }

    /** With --help behind it every option is parsed, and nothing is done. */
    private static void isACommandOfOurs(String line) {
        String[] words = line.split(" ");
        Program program = new Program();
        Arrays.stream(words).skip(2).forEach(program::option);
        assertThat(program.option("--help").run(words[1]).exitCode()).as(line).isZero();
    }

    private static void isGoodPveum(String line) {
        assertThat(line)
                .matches("pveum (role add [A-Z]\\w+ --privs \"[A-Za-z. ]+\""
                        + "|user add [a-z]+@pve --comment \"[^\"]+\""
                        + "|user token add [a-z]+@pve [a-z]{2,} --privsep 1"
                        + "|acl modify /(vms|pool) --users [a-z]+@pve --tokens '[a-z]+@pve![a-z]+' --roles [A-Z]\\w+)");
    }

    @Test
    void theRoleOfEachReleaseHasOnlyPrivilegesOfThatRelease() {
        List<Set<String>> roles = Pattern.compile("pveum role add Discovery --privs \"([^\"]+)\"")
                .matcher(ProjectFiles.text("README.md"))
                .results()
                .map(role -> Set.of(role.group(1).split(" ")))
                .toList();
        assertThat(roles).hasSize(2);
        assertThat(PRIVILEGES_9).containsAll(roles.get(0));
        assertThat(PRIVILEGES_8).containsAll(roles.get(1));
        assertThat(roles)
                .allSatisfy(role ->
                        assertThat(role).contains("VM.Audit", "Pool.Audit").hasSize(3));
    }

    @Test
    void theUnitsAreWellFormedAndKnowOurSettings() {
        List<String> lines = Stream.concat(
                        Doc.snippets("ini").map(Doc.Snippet::text),
                        Stream.of("proxmox-discovery.service", "proxmox-discovery.timer", "once.conf")
                                .map(unit -> ProjectFiles.text("docs/ops/" + unit)))
                .flatMap(String::lines)
                .toList();
        assertThat(lines)
                .isNotEmpty()
                .allMatch(line -> line.matches("|#.*|\\[(Unit|Service|Timer|Install)]|[A-Z]\\w+=.*"))
                .contains("SuccessExitStatus=143", "Environment=PROXMOX_PVE_TOKEN_SECRET_FILE=%d/token");
    }
}
