package io.github.proxmoxdiscovery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.net.httpserver.HttpServer;
import io.github.proxmoxdiscovery.Tool;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.NodeState;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import io.github.proxmoxdiscovery.source.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator sees of a program that has nearly everything go wrong: a cluster that is not there, a node that is
 * off, guests and agents that fail, a sink that rejects a host and then refuses all. Dashboard, rules and docs speak of
 * what is really there.
 */
class MonitoringTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance", "le");

    @TempDir
    private static Path folder;

    private static SimulatedCluster cluster;
    private static HttpServer inventory;
    private static volatile boolean refuses;
    private static Service service;
    private static Client client;
    private static Scrape scrape;

    private static SimulatedGuest.Builder vm(int vmid) {
        return SimulatedGuest.qemu(vmid, "vm" + vmid)
                .running()
                .config("net0", "virtio=bc:24:11:00:01:" + vmid % 100 + ",bridge=vmbr0")
                .config("agent", "1");
    }

    @BeforeAll
    static void haveNearlyEverythingGoWrong() throws Exception {
        cluster = Discovery.cluster()
                .node("pve2", NodeState.offline())
                .guest(vm(110))
                .guest(vm(111))
                .guest(vm(112))
                .start();
        cluster.fault("/qemu/111/agent/", Fault.status(403, "Permission check failed (/vms/111, VM.GuestAgent.Audit)"));
        cluster.fault("/qemu/112/config", Fault.status(500, "got no worker upid"));
        inventory = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        inventory.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refuses ? 401 : body.contains("qemu/111/") ? 422 : 204, -1);
            exchange.close();
        });
        inventory.start();
        service = Service.start(Discovery.of(folder, cluster)
                .at("dead", "https://127.0.0.1:1")
                .of("dead", "insecure", "true")
                .token("dead", Discovery.TOKEN_ID, Discovery.SECRET)
                .with("discovery.sinks", "file,http")
                .with(
                        "sink.http.url",
                        "http://127.0.0.1:" + inventory.getAddress().getPort())
                .with("server.enabled", "true")
                .with("server.port", "0"));
        client = new Client(service.port());
        service.pollNow();
        await().atMost(PATIENCE).until(() -> scraped("proxmox_discovery_sink_rejected{sink=\"http\"}") == 1);
        awaitFailedRuns(1);
        refuses = true;
        service.pollNow();
        await().atMost(PATIENCE).until(() -> scraped("proxmox_discovery_sink_paused{sink=\"http\"}") == 1);
        awaitFailedRuns(2);
        scrape = Scrape.of(client.get("/observe/metrics").body());
    }

    private static void awaitFailedRuns(int runs) {
        String sample = "proxmox_discovery_runs_total{cluster=\"dead\",kind=\"full\",result=\"failed\"}";
        await().atMost(PATIENCE).until(() -> scraped(sample) == runs && !service.isBusy("dead"));
    }

    private static double scraped(String sample) throws Exception {
        return Scrape.of(client.get("/observe/metrics").body()).value(sample);
    }

    @AfterAll
    static void end() {
        service.close();
        inventory.stop(0);
        cluster.close();
    }

    @Test
    void whatWentWrongIsCounted() {
        assertThat(scrape.value("proxmox_discovery_runs_total{cluster=\"lab\",kind=\"full\",result=\"incomplete\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("proxmox_discovery_runs_total{cluster=\"dead\",kind=\"full\",result=\"failed\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("proxmox_discovery_cluster_failed{cluster=\"dead\",reason=\"UNREACHABLE\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("proxmox_discovery_failures_total{cluster=\"lab\",reason=\"NODE_OFFLINE\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("proxmox_discovery_guests{cluster=\"lab\",state=\"failed\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("proxmox_discovery_agents{cluster=\"lab\",state=\"refused\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("proxmox_discovery_hosts{cluster=\"lab\"}")).isEqualTo(2);
        assertThat(scrape.value("proxmox_discovery_last_complete_run_timestamp_seconds{cluster=\"lab\"}"))
                .isZero();
        assertThat(scrape.value("proxmox_discovery_last_read_run_timestamp_seconds{cluster=\"lab\"}"))
                .isPositive();
        assertThat(scrape.value("proxmox_discovery_api_requests_total{cluster=\"lab\",kind=\"agent\",status=\"403\"}"))
                .isPositive();
        assertThat(scrape.samples().get("proxmox_discovery_api_requests_total"))
                .anyMatch(labels -> "dead".equals(labels.get("cluster")) && "unreachable".equals(labels.get("status")));
        assertThat(scrape.value("proxmox_discovery_sink_backlog{sink=\"http\"}"))
                .isPositive();
        assertThat(scrape.value("proxmox_discovery_sink_backlog_age_seconds{sink=\"http\"}"))
                .isPositive();
        assertThat(scrape.value("proxmox_discovery_sink_backlog{sink=\"file\"}"))
                .isZero();
        assertThat(scrape.value("proxmox_discovery_events_total{sink=\"file\",type=\"observed\"}"))
                .isEqualTo(4);
        assertThat(scrape.value("proxmox_discovery_ledger_size_bytes")).isPositive();
    }

    @Test
    void noLabelGrowsWithTheGuests() {
        scrape.samples()
                .forEach((name, samples) -> samples.forEach(labels -> assertThat(labels.values())
                        .as(name)
                        .noneMatch(value -> value.matches(".*(vm)?11[012].*|.*bc:24.*"))));
        assertThat(scrape.labelsOf("proxmox_discovery_api_requests_in_flight")).contains("node");
    }

    @Test
    void itIsReadyOnlyWhenEachClusterCouldBeReadLatelyAndSaysWhyNot() throws Exception {
        HttpResponse<String> ready = client.get("/observe/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        JsonNode checks = JSON.readTree(ready.body()).path("checks");
        assertThat(state(checks, "proxmox-lab").path("status").asText()).isEqualTo("UP");
        JsonNode dead = state(checks, "proxmox-dead");
        assertThat(dead.path("status").asText()).isEqualTo("DOWN");
        assertThat(dead.toString())
                .contains("UNREACHABLE")
                .contains("was not read yet")
                .contains("pveproxy");
        assertThat(state(checks, "proxmox-sinks").path("status").asText()).isEqualTo("UP");
        JsonNode details = JSON.readTree(
                        client.get("/observe/health/ready?data=true").body())
                .path("checks");
        assertThat(state(details, "proxmox-sinks").toString()).contains("SINK_PAUSED");
        assertThat(state(details, "proxmox-dead").toString()).contains("\"reason\":\"UNREACHABLE\"");

        HttpResponse<String> live = client.get("/observe/health/live");
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(live.body()).contains("proxmox-program").doesNotContain("proxmox-dead");
    }

    private static JsonNode state(JsonNode checks, String name) {
        for (JsonNode check : checks) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + checks);
    }

    @Test
    void thePageOfMetricsTellsEachOfThemAndNoOther() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Pattern row = Pattern.compile("(?m)^\\| `(proxmox_discovery_\\w+)` \\| (\\w+) \\| ([^|]*)\\|");
        row.matcher(Files.readString(Path.of("docs/reference/metrics.md")))
                .results()
                .forEach(found -> documented.put(found.group(1), found.group(2) + " " + words(found.group(3))));
        Map<String, String> real = new TreeMap<>();
        scrape.types().forEach((name, type) -> {
            boolean ofAnother = name.endsWith("_max")
                    && scrape.types().containsKey(name.substring(0, name.length() - "_max".length()));
            if (name.startsWith("proxmox_discovery_") && !ofAnother) {
                real.put(name, type + " " + scrape.labelsOf(name));
            }
        });
        assertThat(documented).isEqualTo(real);
    }

    private static Set<String> words(String cell) {
        return Stream.of(cell.replace("`", "").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theDashboardShowsOnlyWhatIsThere() throws IOException {
        JsonNode dashboard =
                JSON.readTree(Path.of("docs/ops/grafana-dashboard.json").toFile());
        assertThat(dashboard.path("uid").asText()).isEqualTo("proxmox-discovery");
        assertThat(dashboard.at("/__inputs/0/name").asText()).isEqualTo("DS_PROMETHEUS");
        List<JsonNode> targets = dashboard.findValues("targets").stream()
                .flatMap(list -> {
                    List<JsonNode> each = new ArrayList<>();
                    list.forEach(each::add);
                    return each.stream();
                })
                .toList();
        assertThat(targets).hasSizeGreaterThan(20);
        for (JsonNode target : targets) {
            String expression = target.path("expr").asText();
            isThere(expression);
            areLabelsOf(
                    expression, "\\{\\{(\\w+)}}", target.path("legendFormat").asText());
        }
        dashboard.at("/templating/list").forEach(variable -> {
            Matcher values = Pattern.compile("label_values\\((\\w+), (\\w+)\\)")
                    .matcher(variable.at("/query/query").asText());
            assertThat(values.matches()).isTrue();
            assertThat(scrape.labelsOf(values.group(1))).contains(values.group(2));
        });
    }

    @Test
    void theRulesSpeakOnlyOfWhatIsThereAndSayWhatToDo() throws IOException {
        String page = Files.readString(Path.of("docs/how-to/monitor.md"));
        JsonNode rules = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("docs/ops/alerts.yaml").toFile())
                .at("/groups/0/rules");
        assertThat(rules).hasSizeGreaterThan(8);
        for (JsonNode rule : rules) {
            String expression = rule.path("expr").asText();
            String alert = rule.path("alert").asText();
            if (!expression.startsWith("up{")) {
                isThere(expression);
            }
            JsonNode texts = rule.path("annotations");
            areLabelsOf(expression, "\\$labels\\.(\\w+)", texts.path("summary").asText());
            areLabelsOf(
                    expression, "\\$labels\\.(\\w+)", texts.path("description").asText());
            assertThat(texts.path("runbook").asText())
                    .isEqualTo("docs/how-to/monitor.md#" + alert.toLowerCase(java.util.Locale.ROOT));
            assertThat(page).contains("\n### " + alert + "\n");
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
        }
    }

    /** Each metric, each label and each value that an expression asks for with an equals sign. */
    private static void isThere(String expression) {
        var selectors = Scrape.selectors(expression);
        assertThat(selectors).as(expression).isNotEmpty();
        selectors.forEach(selector -> {
            String name = selector.group(1);
            assertThat(scrape.samples()).as(expression).containsKey(name);
            Pattern.compile("(\\w+)(=~|!=|=)\"([^\"]*)\"")
                    .matcher(selector.group(2) == null ? "" : selector.group(2))
                    .results()
                    .forEach(label -> {
                        assertThat(scrape.labelsOf(name)).as(expression).contains(label.group(1));
                        if (!"=~".equals(label.group(2))) {
                            assertThat(scrape.has(name, label.group(1), label.group(3)))
                                    .as(label.group() + " in " + expression)
                                    .isTrue();
                        }
                    });
        });
        Matcher groups = Pattern.compile("(?:by|on|group_left) \\(([^)]*)\\)").matcher(expression);
        while (groups.find()) {
            areLabelsOf(expression, "(\\w+)", groups.group(1));
        }
    }

    private static void areLabelsOf(String expression, String pattern, String text) {
        Set<String> labels = new TreeSet<>(OF_PROMETHEUS);
        Scrape.selectors(expression).forEach(selector -> labels.addAll(scrape.labelsOf(selector.group(1))));
        assertThat(Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)))
                .as(text + " with " + expression)
                .allMatch(labels::contains);
    }

    @Test
    void prometheusTakesMetricsAndRules() throws Exception {
        String promtool = Tool.find("promtool").toString();
        Path file = Files.writeString(folder.resolve("scrape"), scrape.text());
        assertThat(promtool(file, promtool, "check", "metrics").lines().filter(line -> line.contains("proxmox_")))
                .isEmpty();
        assertThat(promtool(file, promtool, "check", "rules", "docs/ops/alerts.yaml"))
                .contains("SUCCESS");
        assertThat(promtool(file, promtool, "test", "rules", "docs/ops/alerts-test.yaml"))
                .contains("SUCCESS");
    }

    private static String promtool(Path input, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(input.toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        // 3 is a matter of taste of "check metrics": what it says is looked at.
        assertThat(exitCode).as(said).isIn(0, 3);
        return said;
    }
}
