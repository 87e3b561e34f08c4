package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.proxmoxdiscovery.Tool;
import io.github.proxmoxdiscovery.export.HostFilter;
import io.github.proxmoxdiscovery.server.Client;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import io.github.proxmoxdiscovery.source.Service;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the docs say of the HTTP server is tried against one that serves a guest. */
class ServerDocsTest {

    private static final String DEFAULT = "http://127.0.0.1:8088";
    private static final Pattern ROUTE = Pattern.compile("file: (routes/server/\\S+), then (\\S+) tells (\\S+)");
    private static final String MAIN = "src/main/java/io/github/proxmoxdiscovery/route/";

    @TempDir
    private static Path folder;

    private static SimulatedCluster cluster;
    private static Service service;

    @BeforeAll
    static void serve() throws Exception {
        Path routes = folder.resolve("routes");
        ProjectFiles.copy(ProjectFiles.path("routes"), routes);
        for (Doc.Snippet snippet : routeSnippets()) {
            Matcher marker = ROUTE.matcher(snippet.marker());
            assertThat(marker.matches()).as(snippet.marker()).isTrue();
            Files.writeString(routes.resolveSibling(marker.group(1)), snippet.text());
        }
        cluster = Discovery.cluster()
                .guest(SimulatedGuest.qemu(101, "web")
                        .running()
                        .tags("prod")
                        .config("net0", "virtio=BC:24:11:00:00:01,bridge=vmbr0")
                        .config("ipconfig0", "ip=10.0.0.1/24"))
                .start();
        service = Service.start(Discovery.of(folder, cluster)
                .routes(routes)
                .with("server.enabled", "true")
                .with("server.port", "0"));
        service.pollNow();
        service.awaitRuns("lab", 1);
    }

    @AfterAll
    static void stop() {
        service.close();
        cluster.close();
    }

    private static List<Doc.Snippet> routeSnippets() {
        return Doc.snippets("yaml")
                .filter(snippet -> snippet.marker().startsWith("file: routes/server/"))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> everyCurlIsAnswered() {
        List<Doc.Snippet> snippets = Doc.snippets("sh")
                .filter(snippet -> snippet.text().contains(DEFAULT))
                .toList();
        assertThat(snippets).hasSizeGreaterThanOrEqualTo(5);
        Tool.find("curl");
        return snippets.stream()
                .map(snippet -> dynamicTest(snippet.toString(), () -> {
                    String here = snippet.text().replace(DEFAULT, "http://127.0.0.1:" + service.port());
                    Process bash = new ProcessBuilder("bash", "-e", "-c", here)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .start();
                    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                    assertThat(bash.waitFor(120, TimeUnit.SECONDS)).isTrue();
                    assertThat(bash.exitValue()).as(said).isZero();
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyRouteTellsWhatIsPromised() {
        assertThat(routeSnippets()).isNotEmpty();
        return routeSnippets().stream()
                .map(snippet -> dynamicTest(snippet.toString(), () -> {
                    Matcher marker = ROUTE.matcher(snippet.marker());
                    assertThat(marker.matches()).isTrue();
                    assertThat(new Client(service.port()).get(marker.group(2)).body())
                            .contains(marker.group(3));
                }));
    }

    @Test
    void prometheusTakesTheConfigurationAsItIs() throws Exception {
        Path promtool = Tool.find("promtool");
        Doc.Snippet snippet = Doc.snippets("text")
                .filter(one -> one.marker().startsWith("promtool: "))
                .findFirst()
                .orElseThrow();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), snippet.text());
        Process check = new ProcessBuilder(promtool.toString(), "check", "config", config.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }

    @Test
    void everyPathIsThatOfARouteFileWithItsParameters() {
        Set<String> documented = rows("/.*").stream()
                .map(row -> row.get(0) + " " + parameters(row.get(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> served = new TreeSet<>(Set.of("/api/events []", "/api/runs [cluster, limit]"));
        for (RouteFile file : RouteFile.all()) {
            for (String uri : file.listensOn()) {
                String path = uri.replace("platform-http:", "");
                if (path.matches("/(api|export)/.*") && !path.equals("/api/runs")) {
                    served.add(path + " " + parameters(file));
                }
            }
        }
        assertThat(documented).isEqualTo(served);
    }

    private static Set<String> parameters(String cell) {
        return Arrays.stream(cell.split(", "))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> parameters(RouteFile file) {
        Set<String> parameters = new TreeSet<>();
        if (file.text().contains("{ref: hosts, method: ask}")) {
            parameters.add("filters");
        }
        Matcher options =
                Pattern.compile("name: options, constant: \"([^\"]+)\"").matcher(file.text());
        if (options.find()) {
            parameters.addAll(List.of(options.group(1).split(",")));
        }
        return parameters;
    }

    private static List<List<String>> rows(String first) {
        return Doc.of("docs/reference/http-api.md").rows().stream()
                .filter(row -> row.get(0).matches(first))
                .toList();
    }

    @Test
    void everyFilterIsTold() {
        Set<String> filters = new TreeSet<>(HostFilter.PARAMETERS);
        filters.add("partial");
        assertThat(rows("[a-z]+").stream().map(row -> row.get(0)).filter(word -> !word.matches("path|parameter|code")))
                .containsExactlyInAnyOrderElementsOf(filters);
    }

    @Test
    void everyStatusCodeIsTold() {
        Pattern code = Pattern.compile("static final int [A-Z_]+ = ([2-5]\\d\\d);");
        Set<String> ours = Stream.of("Answer", "Api", "EventStream", "ServerGate")
                .map(name -> ProjectFiles.text(MAIN + name + ".java"))
                .flatMap(text -> code.matcher(text).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rows("\\d{3}").stream().map(row -> row.get(0))).containsExactlyElementsOf(ours);
    }
}
