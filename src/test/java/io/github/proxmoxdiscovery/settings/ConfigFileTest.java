package io.github.proxmoxdiscovery.settings;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.settings.SettingsLoader.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in config/ and the table of keys say the same. */
class ConfigFileTest {

    private static final Path CONFIG = Path.of("config");
    private static final Pattern SETTING = Pattern.compile("(#?)([a-z][a-z0-9.-]*)=(.*)");

    @TempDir
    private Path folder = Path.of("");

    /** A setting of the file, with the comment above it. */
    private record Documented(String key, boolean commentedOut, String value, String comment) {}

    private static List<Documented> documented() throws IOException {
        List<Documented> found = new ArrayList<>();
        List<String> comment = new ArrayList<>();
        for (String line : Files.readAllLines(CONFIG.resolve(ConfigFile.NAME))) {
            Matcher setting = SETTING.matcher(line);
            if (setting.matches()) {
                found.add(new Documented(
                        setting.group(2), !setting.group(1).isEmpty(), setting.group(3), String.join(" ", comment)));
            } else if (line.startsWith("# ")) {
                comment.add(line.substring(2));
                continue;
            }
            comment.clear();
        }
        return found.stream()
                .filter(setting -> !setting.key().startsWith("camel."))
                .toList();
    }

    private static Key<?> shown(Key<?> key) {
        return key.of(key.name().startsWith("sink.") ? "mine" : "pve");
    }

    static Stream<Key<?>> table() {
        return KnownKeys.table().stream().map(ConfigFileTest::shown);
    }

    @Test
    void theFileHasEveryKeyOfTheTableOnceInItsOrderAndNoOther() throws IOException {
        assertThat(documented())
                .extracting(Documented::key)
                .containsExactlyElementsOf(table().<String>map(Key::name).toList());
    }

    @ParameterizedTest
    @MethodSource("table")
    void theFileHasTheSentenceOfTheKeyAndItsDefault(Key<?> key) throws IOException {
        Documented setting = documented().stream()
                .filter(candidate -> candidate.key().equals(key.name()))
                .findFirst()
                .orElseThrow();
        boolean mustBeSet = key.need() == Key.Need.ALWAYS;
        assertThat(setting.comment()).startsWith(key.description());
        assertThat(setting.commentedOut()).isNotEqualTo(mustBeSet);
        assertThat(setting.value()).isEqualTo(mustBeSet ? "" : key.example());
        assertThat(setting.comment()).contains(mustBeSet ? "For example " + key.example() + "." : "");
    }

    @ParameterizedTest
    @MethodSource("table")
    void aKeyIsDescribedInOneSentenceAndItsExampleIsRight(Key<?> key) throws WrongValueException {
        assertThat(key.description()).matches("[A-Z].*\\.").doesNotContain(". ");
        if (key.isSecret()) {
            assertThat(key.example()).isEmpty();
        } else {
            assertThat(key.parser().parse(key.example())).isNotNull();
        }
        if (!key.fallback().isEmpty()) {
            assertThat(key.defaultValue()).isNotNull();
        }
    }

    @Test
    void theFileAsItComesSaysWhatMustBeSet() {
        Loaded loaded = load(CONFIG, Map.of());
        assertThat(loaded.problems())
                .extracting(Problem::key)
                .containsExactly("proxmox.pve.url", "proxmox.pve.token-id", "proxmox.pve.token-secret");
    }

    @Test
    void everyLineOfTheFileThatIsCommentedOutMayBeUsed() throws IOException {
        Set<String> notTogether = Set.of("username", "password", "ca-file", "fingerprint", "-file", "direct-addresses");
        String text = documented().stream()
                .filter(setting -> notTogether.stream().noneMatch(setting.key()::endsWith))
                .filter(setting -> !setting.value().isEmpty())
                .map(setting -> setting.key() + "=" + setting.value())
                .collect(joining("\n"));
        Files.writeString(folder.resolve(ConfigFile.NAME), text);
        Map<String, String> environment = Map.of(
                "PROXMOX_PVE_URL", "https://pve1",
                "PROXMOX_PVE_TOKEN_ID", "a@pve!b",
                "PROXMOX_PVE_TOKEN_SECRET", "geheim");
        assertThat(load(folder, environment).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "http", "two-clusters"})
    void anExampleNeedsNothingButTheFilesOfItsSecrets(String name) throws IOException {
        Path example = CONFIG.resolve("examples").resolve(name + ".properties");
        Files.copy(example, folder.resolve(ConfigFile.NAME));
        assertThat(load(folder, Map.of()).problems())
                .isNotEmpty()
                .allMatch(problem -> problem.key().endsWith("-file"));

        Map<String, String> environment = new HashMap<>();
        Path secret = Files.writeString(folder.resolve("secret"), "geheim\n");
        Properties properties = new Properties();
        properties.load(Files.newBufferedReader(example));
        properties.stringPropertyNames().stream()
                .filter(key -> key.endsWith("-file"))
                .forEach(key -> environment.put(Key.environmentName(key), secret.toString()));
        assertThat(load(folder, environment).problems()).isEmpty();
    }

    private static Loaded load(Path config, Map<String, String> environment) {
        return new SettingsLoader(environment, cron -> Optional.empty()).load(config, Map.of(), Set.of());
    }
}
