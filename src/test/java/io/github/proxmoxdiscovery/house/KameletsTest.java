package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.kamelet.SourceOptions;
import io.github.proxmoxdiscovery.routefile.RouteFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Kamelets keep the rules of Camel's own catalog, and are where other applications find them. */
class KameletsTest {

    private static final Pattern USED = Pattern.compile("\\{\\{\\??([A-Za-z]+)}}");
    private static final Path CLASSES = ProjectFiles.path("target/classes");

    static List<Path> kamelets() {
        return ProjectFiles.files("src/main/resources/kamelets", ".yaml");
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".kamelet.yaml", "");
    }

    private static Map<?, ?> map(Object parent, String... keys) {
        Object found = parent;
        for (String key : keys) {
            found = ((Map<?, ?>) found).get(key);
        }
        return (Map<?, ?>) found;
    }

    private static Map<?, ?> kamelet(Path file) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(ProjectFiles.text(file));
    }

    private static Set<String> properties(Path file) {
        return map(kamelet(file), "spec", "definition", "properties").keySet().stream()
                .map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void hasTheNameOfItsFileWhichEndsWithItsType(Path file) {
        Map<?, ?> metadata = map(kamelet(file), "metadata");
        String type = String.valueOf(map(metadata, "labels").get("camel.apache.org/kamelet.type"));
        assertThat(file.getFileName()).hasToString(metadata.get("name") + ".kamelet.yaml");
        assertThat(name(file)).endsWith("-" + type);
        assertThat(String.valueOf(map(metadata, "annotations").get("camel.apache.org/kamelet.icon")))
                .startsWith("data:image/svg+xml;base64,");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void saysOfEachParameterWhatItIs(Path file) {
        Map<?, ?> definition = map(kamelet(file), "spec", "definition");
        assertThat(String.valueOf(definition.get("title"))).matches("([A-Z][A-Za-z]+ ?)+");
        assertThat(String.valueOf(definition.get("description"))).hasSizeGreaterThan(50);
        assertThat(properties(file))
                .containsAll(((List<?>) definition.get("required"))
                        .stream().map(String::valueOf).toList());
        map(definition, "properties").values().forEach(property -> {
            assertThat(String.valueOf(map(property).get("title"))).matches("([A-Z][A-Za-z]+ ?)+");
            assertThat(String.valueOf(map(property).get("description"))).matches("[A-Z].{10,}\\.");
            assertThat(map(property).get("type")).isIn("string", "boolean", "integer");
        });
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void usesEveryParameterThatItDeclaresAndNoOther(Path file) {
        Map<?, ?> template = map(kamelet(file), "spec", "template");
        Set<String> used = USED.matcher(template.toString())
                .results()
                .map((MatchResult use) -> use.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        ((List<?>) template.get("beans"))
                .forEach(bean -> used.remove(String.valueOf(map(bean).get("name"))));
        assertThat(used).isEqualTo(properties(file));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void namesOurArtifactAsWhatItNeeds(Path file) {
        String pom = ProjectFiles.text("pom.xml");
        String version =
                pom.replaceFirst("(?s).*?<artifactId>proxmox-discovery</artifactId>\\s*<version>(.*?)<.*", "$1");
        assertThat(((List<?>) map(kamelet(file), "spec").get("dependencies"))
                        .stream().map(String::valueOf))
                .contains("camel:kamelet", "mvn:io.github.proxmoxdiscovery:proxmox-discovery:" + version);
    }

    @Test
    void theSecretIsMarkedAsOne() {
        Path source = ProjectFiles.path("src/main/resources/kamelets/proxmox-hosts-source.kamelet.yaml");
        Map<?, ?> secret = map(kamelet(source), "spec", "definition", "properties", "secret");
        assertThat(secret.get("format")).isEqualTo("password");
        assertThat(secret.get("x-descriptors").toString()).contains("urn:camel:group:credentials");
    }

    @Test
    void theOptionsOfTheSourceAreItsParameters() {
        Path source = ProjectFiles.path("src/main/resources/kamelets/proxmox-hosts-source.kamelet.yaml");
        Set<String> parameters = properties(source);
        parameters.remove("cluster");
        assertThat(Arrays.stream(SourceOptions.class.getMethods())
                        .map(method -> method.getName())
                        .filter(name -> name.startsWith("set"))
                        .map(name -> name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4)))
                .containsExactlyInAnyOrderElementsOf(parameters);
    }

    @Test
    void thePageTellsEachParameterAsTheKameletDoes() {
        List<List<String>> told = Doc.of("docs/reference/kamelets.md").rows().stream()
                .filter(row -> row.get(0).matches("[a-z]+[A-Za-z]*")
                        && row.size() == 3
                        && !row.get(0).equals("parameter"))
                .toList();
        Stream<List<String>> declared = kamelets().stream()
                .flatMap(file -> map(kamelet(file), "spec", "definition", "properties").entrySet().stream()
                        .map(entry -> List.of(
                                String.valueOf(entry.getKey()),
                                fallback(file, entry),
                                String.valueOf(map(entry.getValue()).get("description")))));
        assertThat(told).containsExactlyInAnyOrderElementsOf(declared.toList());
    }

    private static String fallback(Path file, Map.Entry<?, ?> property) {
        List<?> required = (List<?>) map(kamelet(file), "spec", "definition").get("required");
        Object fallback = map(property.getValue()).get("default");
        return required.contains(property.getKey()) ? "must be set" : fallback == null ? "–" : String.valueOf(fallback);
    }

    @Test
    void theJarHasTheKameletsAndEveryRouteAndSchemaThatTheyNeed() {
        kamelets()
                .forEach(file -> assertThat(CLASSES.resolve("kamelets").resolve(file.getFileName()))
                        .hasSameTextualContentAs(file));
        Path ours = CLASSES.resolve("io/github/proxmoxdiscovery");
        assertThat(ours.resolve("schema/discovered-host.schema.json"))
                .hasSameTextualContentAs(ProjectFiles.path("docs/reference/discovered-host.schema.json"));
        Set<String> inJar = RouteFiles.ofTheJar().chosen(List.of("application")).stream()
                .map(file -> file.toString().replace('\\', '/'))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(inJar).allMatch(file -> Files.exists(CLASSES.resolve(file)));
        Set<String> ofTheProgram = ProjectFiles.files("routes", ".camel.yaml").stream()
                .map(ProjectFiles::name)
                .filter(file -> !file.startsWith("routes/sinks/") && !file.startsWith("routes/server/"))
                .map(file -> "io/github/proxmoxdiscovery/" + file)
                .collect(Collectors.toCollection(TreeSet::new));
        inJar.remove("io/github/proxmoxdiscovery/routes/sinks/application.camel.yaml");
        assertThat(inJar).as("RouteFiles.OF_JAR").isEqualTo(ofTheProgram);
    }

    @Test
    void theJarHasNothingThatAnotherApplicationTakesForItsOwnRoutes() {
        assertThat(Stream.of("routes", "camel", "camel-template", "camel-rest", "application.properties"))
                .noneMatch(name -> Files.exists(CLASSES.resolve(name)));
    }
}
