package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.cli.ExitCode;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.host.Reason;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the docs say is what the program does. What their snippets do is tried in {@link SnippetsTest}. */
class DocsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH_IN_TEXT =
            Pattern.compile("`((?:routes|config|docs|src|bin|bench)/[A-Za-z0-9_./-]+|[a-z]+/[A-Z][A-Za-z]+\\.java)`");
    private static final Pattern KEY_IN_TEXT =
            Pattern.compile("`((?:proxmox|discovery|sink)\\.[A-Za-z0-9.<>_-]+[a-z>])(?:=[^`]*)?`");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    @TempDir
    private static Path folder;

    private static Program.Result demo;

    @BeforeAll
    static void runTheDemo() {
        demo = Program.in(folder)
                .option("--routes", ProjectFiles.path("routes").toString())
                .run("demo");
        assertThat(demo.exitCode()).as(demo.err()).isZero();
    }

    static List<Doc> docs() {
        return Doc.all();
    }

    @ParameterizedTest
    @MethodSource("docs")
    void everyLinkLeadsSomewhere(Doc doc) {
        for (String link : doc.links()) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? doc.file() : doc.file().resolveSibling(parts[0]);
            assertThat(target).exists();
            if (parts.length == 2) {
                String page = ProjectFiles.name(target.normalize());
                assertThat(Doc.of(page).anchors()).as(link).contains(parts[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("docs")
    void everyPathInTheTextIsThere(Doc doc) {
        assertThat(PATH_IN_TEXT.matcher(doc.withoutSnippets()).results().map(path -> path.group(1)))
                .allMatch(path -> exists(path) || path.matches("(bin|config|routes|docs)/"), "is there");
    }

    @Test
    void everyCaseAndTestThatShowsAQuirkIsThere() {
        Set<String> cases = Stream.of(
                        ProjectFiles.path("src/test/resources/guests").toFile().list())
                .collect(Collectors.toSet());
        Set<String> tests = ProjectFiles.files("src/test/java", "Test.java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        List<String> shown = Doc.of("docs/explanation/proxmox.md").rows().stream()
                .filter(row -> row.size() == 3)
                .flatMap(row -> Stream.of(row.get(2).split(", ")))
                .filter(word -> word.matches("[a-z0-9]+(-[a-z0-9]+){2,}|[A-Z]\\w+Test"))
                .toList();
        assertThat(shown)
                .hasSizeGreaterThan(20)
                .allMatch(word -> cases.contains(word) || tests.contains(word), "is there");
    }

    private static boolean exists(String path) {
        String main = "src/main/java/io/github/proxmoxdiscovery/";
        return Files.exists(ProjectFiles.path(path)) || Files.exists(ProjectFiles.path(main + path));
    }

    @ParameterizedTest
    @MethodSource("docs")
    void everySettingInTheTextIsThere(Doc doc) {
        Set<String> declared = new TreeSet<>(SettingsTest.declared());
        Stream<String> unknown = KEY_IN_TEXT
                .matcher(doc.withoutSnippets())
                .results()
                .map(key -> key.group(1))
                .map(key -> key.replace("proxmox.<name>.", "proxmox.pve.").replace("sink.<name>.", "sink.mine."))
                .filter(key -> !declared.contains(key));
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("docs")
    void noPageIsTooLongNorALineTooWide(Doc doc) {
        assertThat(doc.text().lines().count()).isLessThanOrEqualTo(300);
        assertThat(doc.withoutSnippets().lines().filter(line -> !line.startsWith("|") && line.length() > 120))
                .isEmpty();
    }

    @Test
    void contributingIsShortAndEachDecisionOnePage() {
        assertThat(Doc.of("CONTRIBUTING.md").text().lines().count()).isLessThanOrEqualTo(60);
        assertThat(ProjectFiles.files("docs/decisions", ".md"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(ProjectFiles.text(file))
                        .contains("**Context.**", "**Decision.**", "**Price.**")
                        .satisfies(text -> assertThat(text.lines().count()).isLessThanOrEqualTo(45)));
    }

    /** CI runs both of them on a fresh clone, so this is all that is to be tested here. */
    @Test
    void theTwoCommandsOfTheReadmeAreThoseOfCi() {
        List<String> ci = ProjectFiles.text(".ci/run")
                .lines()
                .filter(line -> line.startsWith("mvn ") || line.startsWith("bin/"))
                .map(line -> line.replaceAll(" --(batch-mode|no-transfer-progress)", ""))
                .toList();
        String section = section(Doc.of("README.md").text(), "Two commands");
        assertThat(Pattern.compile("(?ms)^```sh\\n(.*?)\\n```")
                        .matcher(section)
                        .results()
                        .map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(ci);
    }

    private static String section(String text, String heading) {
        return text.replaceFirst("(?s).*\\n## " + heading + "\\n", "").replaceFirst("(?s)\\n## .*", "");
    }

    @Test
    void theReasonsAreThoseOfTheProgramWithItsRemedies() {
        List<List<String>> documented = Doc.of("docs/reference/settings.md").rows().stream()
                .filter(row -> row.get(0).matches("[A-Z_]{4,}"))
                .map(row -> List.of(row.get(0), row.get(2)))
                .toList();
        List<List<String>> ours = Arrays.stream(Reason.values())
                .map(reason -> List.of(reason.name(), reason.remedy()))
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(ours);
    }

    @TestFactory
    Stream<DynamicTest> theExitCodesAreThoseOfTheProgram() {
        Set<String> ours = Arrays.stream(ExitCode.class.getFields())
                .map(DocsTest::value)
                .collect(Collectors.toCollection(TreeSet::new));
        return Stream.of("README.md", "docs/reference/settings.md")
                .map(Doc::of)
                .map(doc -> dynamicTest(
                        doc.toString(),
                        () -> assertThat(doc.rows().stream()
                                        .map(row -> row.get(0))
                                        .filter(code -> code.matches("\\d")))
                                .containsExactlyElementsOf(ours)));
    }

    private static String value(Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theMeaningOfTheExitCodesIsThatOfTheHelp() {
        String source = ProjectFiles.text("src/main/java/io/github/proxmoxdiscovery/cli/DiscoveryCommand.java");
        List<String> help = Pattern.compile("\"  (\\d  [^\"]+)\"")
                .matcher(source)
                .results()
                .map((MatchResult line) -> line.group(1))
                .toList();
        List<String> readme = Doc.of("README.md").rows().stream()
                .filter(row -> row.get(0).matches("\\d"))
                .map(row -> row.get(0) + "  " + row.get(1))
                .toList();
        assertThat(readme).isEqualTo(help);
    }

    @Test
    void theMessagePageTellsEveryKey() throws Exception {
        String page = Doc.of("docs/reference/message.md").text();
        JsonNode schema = JSON.readTree(ProjectFiles.text("docs/reference/discovered-host.schema.json"));
        assertThat(keys(schema)).isNotEmpty().allMatch(key -> page.contains("`" + key + "`"), "is told");
    }

    private static Set<String> keys(JsonNode schema) {
        Set<String> keys = new TreeSet<>();
        schema.path("properties").properties().forEach(property -> {
            keys.add(property.getKey());
            keys.addAll(keys(property.getValue()));
        });
        if (schema.has("items")) {
            keys.addAll(keys(schema.path("items")));
        }
        return keys;
    }

    @TestFactory
    Stream<DynamicTest> everyMessageInTheDocsIsOneOfTheDemo() {
        List<Doc.Snippet> messages = Doc.snippets("json").toList();
        assertThat(messages).isNotEmpty();
        return messages.stream()
                .map(snippet -> dynamicTest(snippet.toString(), () -> {
                    MessageSchema.validate(snippet.text());
                    JsonNode told = JSON.readTree(snippet.text());
                    JsonNode emitted = emitted(told.path("id").asText());
                    assertThat(withoutTheRun(told)).isEqualTo(withoutTheRun(emitted));
                    assertThat(told.toString()).as("the order of the keys").hasSameSizeAs(emitted.toString());
                }));
    }

    private static JsonNode emitted(String id) throws Exception {
        for (String line : Files.readAllLines(folder.resolve("out/demo/latest.ndjson"))) {
            JsonNode message = JSON.readTree(line);
            if (message.path("id").asText().equals(id)) {
                return message;
            }
        }
        throw new AssertionError("the demo has no " + id);
    }

    private static JsonNode withoutTheRun(JsonNode message) throws Exception {
        ObjectNode copy =
                (ObjectNode) JSON.readTree(TIME.matcher(message.toString()).replaceAll("then"));
        return copy.put("run_id", "a run");
    }

    @TestFactory
    Stream<DynamicTest> everyOutputInTheDocsIsThatOfTheDemo() {
        return Doc.snippets("text")
                .filter(snippet -> snippet.marker().startsWith("test: "))
                .map(snippet -> dynamicTest(snippet.toString(), () -> {
                    String output = withoutFigures(demo.out() + demo.err());
                    assertThat(snippet.text().lines().map(DocsTest::withoutFigures))
                            .isNotEmpty()
                            .allMatch(output::contains, "is in the output");
                }));
    }

    private static String withoutFigures(String text) {
        return text.replaceAll("run of [0-9.]+ s", "run of some s").replaceAll("(?m) +$", "");
    }

    @Test
    void theReadmeTellsHowManyHostsTheDemoHas() throws Exception {
        int hosts = Files.readAllLines(folder.resolve("out/demo/latest.ndjson")).size();
        assertThat(ProjectFiles.text("README.md")).contains("all " + hosts + " interfaces of its ");
    }

    @Test
    void noFileNamesThisMachineOrUnfinishedWork() {
        assertThat(docs())
                .allSatisfy(doc -> assertThat(doc.text()).doesNotContainPattern("/home/|/root/|TODO|FIXME|XXX "));
    }
}
