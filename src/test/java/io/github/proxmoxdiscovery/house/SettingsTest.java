package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Settings are used where they are declared, and declared where they are used. */
class SettingsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([A-Za-z0-9._-]+)(?::[^}]*)?}}");
    private static final Pattern DECLARED = Pattern.compile("(?m)^#?([a-z][a-z0-9]*(?:\\.[A-Za-z0-9-]+)+)=");

    /** The program fills these in: whether there is a schedule, and the parameters of its route templates. */
    private static final Set<String> FROM_THE_PROGRAM =
            Set.of("discovery.scheduled", "discovery.quick-scheduled", "sink", "endpoint");

    static Set<String> declared() {
        return found(DECLARED, ProjectFiles.text("config/application.properties"));
    }

    private static Set<String> usedByRoutes() {
        return RouteFile.all().stream()
                .flatMap(file -> found(PLACEHOLDER, file.text()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everySettingThatARouteUsesIsDeclared() {
        Set<String> used = usedByRoutes();
        used.removeAll(FROM_THE_PROGRAM);
        assertThat(used).isNotEmpty();
        assertThat(declared()).containsAll(used);
    }

    @Test
    void whatTheProgramFillsInIsUsedAndNoSetting() {
        assertThat(usedByRoutes()).containsAll(FROM_THE_PROGRAM);
        assertThat(declared()).doesNotContainAnyElementsOf(FROM_THE_PROGRAM);
    }

    /** What no route names must be read by the package settings, under its name or its last word. */
    @Test
    void everyDeclaredSettingIsUsed() {
        Set<String> used = usedByRoutes();
        String settings = ProjectFiles.files("src/main/java/io/github/proxmoxdiscovery/settings", "Keys.java").stream()
                .map(ProjectFiles::text)
                .collect(Collectors.joining());
        List<String> unused = declared().stream()
                .filter(key -> !used.contains(key) && !key.startsWith("camel."))
                .filter(key -> !settings.contains("\"" + generic(key) + "\""))
                .toList();
        assertThat(unused).isEmpty();
    }

    private static String generic(String key) {
        return key.equals("proxmox.clusters")
                ? key
                : key.replaceFirst("^proxmox\\.pve\\.", "proxmox.<name>.")
                        .replaceFirst("^sink\\.mine\\.", "sink.<name>.");
    }

    @Test
    void everySettingHasASentenceAboveIt() {
        List<String> lines =
                ProjectFiles.text("config/application.properties").lines().toList();
        Stream<String> without = declared().stream()
                .filter(key -> !key.startsWith("camel."))
                .filter(key -> {
                    int at = lines.indexOf(lines.stream()
                            .filter(line -> line.startsWith(key + "=") || line.startsWith("#" + key + "="))
                            .findFirst()
                            .orElseThrow());
                    return !lines.get(at - 1).matches("# [^-].*[.]");
                });
        assertThat(without).isEmpty();
    }

    @Test
    void noSecretIsInAFileOfSettings() {
        List<String> secrets = Stream.concat(
                        ProjectFiles.files("config", ".properties").stream(),
                        ProjectFiles.files("docs", ".md").stream())
                .flatMap(file -> ProjectFiles.text(file).lines())
                .filter(line -> line.matches("#?[a-z.0-9-]+(secret|password|http\\.token)=.+"))
                .toList();
        assertThat(secrets).isEmpty();
    }
}
