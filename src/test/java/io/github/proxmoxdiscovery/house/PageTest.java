package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.host.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sources of the page to look at. What it does is tried in page/. */
class PageTest {

    private static final String FOLDER = "src/main/resources/page";
    private static final Pattern MARKUP = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\\.write|DOMParser|createContextualFragment"
                    + "|\\beval\\(|new Function|javascript:|srcdoc");
    private static final Pattern IMPORT = Pattern.compile("import \\{([^}]+)} from \"\\./([a-z-]+\\.js)\";");
    private static final Pattern ADDRESS = Pattern.compile("(?:https?:)?//[a-z0-9]");

    static Stream<Path> files() {
        return ProjectFiles.files(FOLDER, "").stream()
                .filter(file -> file.toFile().isFile());
    }

    static List<Path> scripts() {
        return ProjectFiles.files(FOLDER, ".js");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void noScriptMakesMarkupOutOfText(Path script) {
        assertThat(MARKUP.matcher(ProjectFiles.text(script)).results().map(MatchResult::group))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyNameThatIsImportedIsThereAndUsed(Path script) {
        String text = ProjectFiles.text(script);
        assertThat(IMPORT.matcher(text).results()).allSatisfy(line -> {
            String from = ProjectFiles.text(script.resolveSibling(line.group(2)));
            for (String name : line.group(1).split(", ")) {
                assertThat(from).containsPattern("export (async )?(function|class|const) " + name + "\\b");
                assertThat(Pattern.compile("\\b" + name + "\\b").matcher(text).results())
                        .as("uses of %s", name)
                        .hasSizeGreaterThan(1);
            }
        });
    }

    @Test
    void thePageHasNoScriptOrStyleInIt() {
        assertThat(ProjectFiles.text(FOLDER + "/index.html"))
                .doesNotContainPattern("<script(?![^>]* src=)|<style|\\sstyle=|\\son[a-z]+=");
    }

    @ParameterizedTest
    @MethodSource("files")
    void noFileNamesAnotherServer(Path file) {
        String text = ProjectFiles.text(file)
                .replace("http://www.w3.org/2000/svg", "")
                .replaceAll("(?m)^\\s*(/?\\*|//).*$", "");
        assertThat(ADDRESS.matcher(text).results().map(MatchResult::group)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void noLineIsWiderThanAWindow(Path file) {
        assertThat(ProjectFiles.text(file).lines())
                .filteredOn(line -> !line.matches("  [A-Z_]+: \".*"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(140));
    }

    @Test
    void theRemediesOnThePageAreThoseOfTheProgram() throws Exception {
        String text = ProjectFiles.text(FOLDER + "/reasons.js");
        String json = text.substring(text.indexOf("{\n"), text.lastIndexOf(';'))
                .replaceAll("(?m)^  ([A-Z_]+):", "\"$1\":")
                .replaceAll(",\\s*}", "}");
        assertThat(new ObjectMapper().readValue(json, new TypeReference<Map<String, String>>() {}))
                .containsExactlyEntriesOf(Arrays.stream(Reason.values())
                        .collect(Collectors.toMap(
                                Reason::name, Reason::remedy, (one, other) -> one, LinkedHashMap::new)));
    }

    @Test
    void thePageIsSmall() {
        assertThat(files().mapToLong(file -> file.toFile().length()).sum()).isLessThan(150_000);
        assertThat(files().map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                .containsAll(Set.of("index.html", "page.js", "page.css", "icon.svg"));
    }
}
