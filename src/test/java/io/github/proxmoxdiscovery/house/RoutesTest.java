package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shape of the route files: what a reader may rely on when opening one. What they do is tested in route/. */
class RoutesTest {

    private static final Pattern BEAN_IN_SIMPLE = Pattern.compile("\\$\\{bean:(\\w+)");
    private static final Pattern REGISTRY_REFERENCE = Pattern.compile("\"#(?!class:)([\\w-]+)\"");
    private static final Pattern LITERAL_HOST = Pattern.compile("\\b(\\d{1,3}\\.){3}\\d{1,3}\\b|localhost|:8006");

    @TempDir
    private Path folder;

    static List<RouteFile> files() {
        return RouteFile.all();
    }

    static Stream<RouteFile> filesOfOneRoute() {
        return RouteFile.all().stream().filter(file -> !file.isOfSeveral());
    }

    @Test
    void theFolderTellsTheWayOfTheDataInItsOrder() {
        assertThat(ProjectFiles.path("routes").toFile().list((folder, name) -> name.endsWith(".camel.yaml")))
                .containsExactlyInAnyOrder(
                        "0-errors.camel.yaml",
                        "1-poll.camel.yaml",
                        "2-list.camel.yaml",
                        "3-enrich.camel.yaml",
                        "4-transform.camel.yaml",
                        "5-deliver.camel.yaml");
    }

    @ParameterizedTest
    @MethodSource("filesOfOneRoute")
    void oneFileIsOneRouteThatHasItsName(RouteFile file) {
        assertThat(file.documents()).hasSize(1);
        assertThat(file.routes()).hasSize(1);
        String prefix = file.isSink() ? "sink-" : file.path().startsWith("routes/pve/") ? "pve-" : "";
        assertThat(file.routes().get(0).get("id")).isEqualTo(prefix + file.stage());
    }

    @Test
    void theFileSinkListensForTheReportAsWell() {
        RouteFile sink = files().stream()
                .filter(file -> file.path().equals("routes/sinks/file.camel.yaml"))
                .findFirst()
                .orElseThrow();
        assertThat(sink.routes())
                .extracting(route -> route.get("id"))
                .isEqualTo(List.of("sink-file", "sink-file-report"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRouteSaysInASentenceWhatItDoes(RouteFile file) {
        assertThat(file.routes())
                .allSatisfy(route ->
                        assertThat(String.valueOf(route.get("description"))).matches("[A-Z][^\\n]{15,110}\\."));
    }

    @ParameterizedTest
    @MethodSource("files")
    void noFileIsLongerThanAScreenAndNoLineWider(RouteFile file) {
        List<String> lines = file.text().lines().toList();
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
        if (!file.path().equals("routes/0-errors.camel.yaml")) {
            assertThat(lines).hasSizeLessThanOrEqualTo(40);
        }
    }

    @Test
    void halfOfTheFilesHaveTwentyFiveLinesOrFewer() {
        List<Long> lines = files().stream()
                .map(file -> file.text().lines().count())
                .sorted()
                .toList();
        assertThat(lines.get(lines.size() / 2)).as("median of %s", lines).isLessThanOrEqualTo(25);
    }

    @Test
    void onlyOneFileTalksToProxmox() {
        assertThat(files().stream().filter(file -> file.text().contains("ref: clusters")))
                .extracting(RouteFile::path)
                .containsExactly("routes/pve/get.camel.yaml");
        assertThat(files().stream().filter(file -> file.sendsTo().stream().anyMatch(uri -> uri.matches("https?:.*"))))
                .extracting(RouteFile::path)
                .containsExactlyInAnyOrder("routes/pve/get.camel.yaml", "routes/sinks/http.camel.yaml");
    }

    @ParameterizedTest
    @MethodSource("files")
    void noFileNamesAHost(RouteFile file) {
        assertThat(file.text()).doesNotContainPattern(LITERAL_HOST);
        assertThat(file.sendsTo().stream().filter(uri -> uri.startsWith("http")))
                .allMatch(uri -> uri.equals("https://pve-${variable.cluster}") || uri.equals("https://sink-http"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyStageSaysWhoHandlesItsErrors(RouteFile file) {
        Set<String> configurations = configurations();
        for (Map<?, ?> route : file.routes()) {
            Object named = route.get("routeConfigurationId");
            if (file.isTemplate()) {
                assertThat(named).as("%s: a template cannot name one", file).isNull();
            } else {
                assertThat(named).isIn(configurations);
            }
        }
    }

    private static Set<String> configurations() {
        return files().stream()
                .flatMap(file -> file.documents().stream())
                .map(document -> document.get("routeConfiguration"))
                .filter(Map.class::isInstance)
                .map(configuration -> String.valueOf(((Map<?, ?>) configuration).get("id")))
                .collect(Collectors.toSet());
    }

    @Test
    void everyConfigurationOfErrorsIsNamedByARoute() {
        assertThat(files().stream().flatMap(file -> file.values("routeConfigurationId").stream()))
                .containsAll(configurations());
    }

    @Test
    void everyRouteThatIsCalledIsThere() {
        Set<String> there =
                files().stream().flatMap(file -> file.listensOn().stream()).collect(Collectors.toSet());
        Set<String> called = files().stream()
                .flatMap(file -> file.sendsTo().stream())
                .filter(uri -> uri.startsWith("direct:") && !uri.contains("${"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(called).isNotEmpty();
        assertThat(there).containsAll(called);
    }

    @Test
    void everyRouteThatIsThereIsCalled() {
        Set<String> called =
                files().stream().flatMap(file -> file.sendsTo().stream()).collect(Collectors.toSet());
        List<String> uncalled = files().stream()
                .flatMap(file -> file.listensOn().stream())
                .filter(uri -> uri.startsWith("direct:") && !uri.startsWith("direct:sink-"))
                .filter(uri -> !called.contains(uri))
                .toList();
        assertThat(uncalled).isEmpty();
    }

    @Test
    void everyBeanThatARouteNamesIsThereAndEveryMethodToo() throws Exception {
        try (DiscoveryApplication application = validated()) {
            CamelContext context = application.context();
            for (RouteFile file : files()) {
                for (String bean : beans(file)) {
                    assertThat(context.getRegistry().lookupByName(bean))
                            .as("%s: %s", file, bean)
                            .isNotNull();
                }
                for (List<String> call : calls(file)) {
                    Object bean = context.getRegistry().lookupByName(call.get(0));
                    assertThat(bean.getClass().getMethods())
                            .as("%s: %s", file, call)
                            .anyMatch(method -> method.getName().equals(call.get(1)));
                }
            }
        }
    }

    @Test
    void allRoutesAreLoadedFromTheFilesAndNoneFromTheJar() throws Exception {
        try (DiscoveryApplication application = validated()) {
            assertThat(application.context().getRoutes())
                    .isNotEmpty()
                    .allSatisfy(
                            route -> assertThat(route.getSourceLocationShort()).contains(".camel.yaml:"));
        }
    }

    /** The application with all routes loaded and none started. */
    private DiscoveryApplication validated() throws Exception {
        RouteFiles routes = RouteFiles.in(ProjectFiles.path("routes"));
        Map<String, String> settings = new HashMap<>(brokers());
        settings.putAll(Map.of(
                "proxmox.pve.url", "https://pve1.example.com:8006",
                "proxmox.pve.token-id", "discovery@pve!discovery",
                "discovery.sinks", "file,kafka,http,jms,amqp,mine",
                "discovery.data", folder.toString(),
                "sink.kafka.brokers", "kafka1.example.com:9092",
                "sink.http.url", "https://inventory.example.com/hosts",
                "sink.mine.uri", "log:mine",
                "server.enabled", "true"));
        Settings loaded = new SettingsLoader(
                        Map.of("PROXMOX_PVE_TOKEN_SECRET", "not-a-secret"), cron -> Optional.empty())
                .load(Optional.empty(), settings, routes.placeholders())
                .settings();
        DiscoveryApplication application = new DiscoveryApplication(loaded, routes, Mode.VALIDATE, secret -> {});
        application.start();
        return application;
    }

    private static Map<String, String> brokers() {
        return Map.of(
                "sink.jms.url", "tcp://broker.example.com:61616",
                "sink.amqp.url", "amqps://broker.example.com:5671");
    }

    private static Collection<String> beans(RouteFile file) {
        List<String> beans = new ArrayList<>(file.values("ref"));
        Matcher inSimple = BEAN_IN_SIMPLE.matcher(file.text());
        while (inSimple.find()) {
            beans.add(inSimple.group(1));
        }
        Matcher references = REGISTRY_REFERENCE.matcher(file.text());
        while (references.find()) {
            beans.add(references.group(1));
        }
        beans.removeIf(bean -> bean.equals("pve-"));
        return beans;
    }

    /** Each pair of a bean and its method. */
    private static List<List<String>> calls(RouteFile file) {
        Pattern call = Pattern.compile("\\{ref: (\\w+), method: (\\w+)}");
        return call.matcher(file.text())
                .results()
                .map(found -> List.of(found.group(1), found.group(2)))
                .toList();
    }
}
