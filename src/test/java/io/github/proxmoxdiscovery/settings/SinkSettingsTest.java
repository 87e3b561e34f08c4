package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.settings.SettingsLoader.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be said of the sinks, and what is said of them when it is wrong. */
class SinkSettingsTest {

    @TempDir
    private Path folder = Path.of("");

    private static Given http() {
        return Given.cluster().file("discovery.sinks", "http").file("sink.http.url", "https://inventory/hosts");
    }

    @Test
    void hostsGoToFilesUnlessOtherwiseSaid() {
        Settings settings = Given.cluster().settings();
        assertThat(settings.sinks()).extracting(SinkSettings::name).containsExactly("file");
        assertThat(settings.fileDirectory()).isEqualTo(Path.of("out"));
        assertThat(settings.fileKeep()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.httpToken()).isEmpty();
        assertThat(settings.httpTimeout()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void eachSinkHasTheBatchThatSuitsIt() {
        Settings settings = Given.cluster()
                .file("discovery.sinks", "file,kafka,http,mine,routed,both")
                .file("sink.kafka.brokers", "kafka1:9092")
                .file("sink.http.url", "https://inventory/hosts")
                .file("sink.http.batch", "100")
                .file("sink.mine.uri", "log:mine")
                .file("sink.both.uri", "log:both")
                .placeholder("sink.both.uri")
                .settings();
        assertThat(settings.sinks()).extracting(SinkSettings::batch).containsExactly(500, 500, 100, 1, 500, 500);
        assertThat(settings.sinks().get(3).uri()).contains("log:mine");
        assertThat(settings.sinks().get(4).uri()).isEmpty();
    }

    @Test
    void httpTakesOneHostARequestUnlessOtherwiseSaid() {
        assertThat(http().settings().sinks()).extracting(SinkSettings::batch).containsExactly(1);
    }

    @Test
    void everySinkIsGivenAllHostsOrTheChangesAlone() {
        Settings settings = Given.cluster()
                .file("discovery.sinks", "file,http,mine,routed")
                .file("sink.http.url", "https://inventory/hosts")
                .file("sink.http.emit", "changes")
                .file("sink.http.excluded", "nothing")
                .file("sink.mine.uri", "log:mine")
                .environment("SINK_ROUTED_EMIT", "changes")
                .settings();
        assertThat(settings.sinks())
                .extracting(SinkSettings::emit)
                .containsExactly(Emit.ALL, Emit.CHANGES, Emit.ALL, Emit.CHANGES);
        assertThat(settings.sinks()).extracting(SinkSettings::tellsExcluded).containsExactly(true, false, true, true);
        assertThat(settings.effective()).containsEntry("sink.routed.emit", "changes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "discovery.sinks      | File            | not a name",
                "discovery.sinks      | file,file       | names file more than once",
                "discovery.sinks      | ','             | names nothing",
                "sink.file.keep       | 7               | Example: sink.file.keep=7d",
                "sink.kafka.brokers   | kafka1          | Example: sink.kafka.brokers=kafka1.example.com:9092",
                "sink.kafka.topic     | a topic         | not a topic",
                "sink.http.url        | inventory/hosts | Example: sink.http.url=https://",
                "sink.http.batch      | 501             | from 1 to 500",
                "sink.http.batch      | 0               | from 1 to 500",
                "sink.http.timeout    | 0s              | more than nothing",
                "sink.file.emit       | change          | neither all nor changes",
                "sink.kafka.excluded  | true            | neither event nor nothing",
                "sink.file.uri        | log:x           | Give a sink of your own another name",
                "sink.kafka.uri       | log:x           | sink.my-kafka.uri",
            })
    void aWrongValueIsOneSentenceEvenIfTheSinkIsNotChosen(String key, String value, String why) {
        assertThat(Given.cluster().file(key, value).sentences())
                .singleElement()
                .asString()
                .startsWith(key + ": ")
                .contains(why);
    }

    @Test
    void whatASinkMustHaveItMustHaveOnlyWhenChosen() {
        assertThat(Given.cluster().file("sink.kafka.topic", "hosts").sentences())
                .isEmpty();
        assertThat(Given.cluster().file("discovery.sinks", "kafka,http").sentences())
                .satisfiesExactly(
                        kafka -> assertThat(kafka).startsWith("sink.kafka.brokers: must be set. "),
                        http -> assertThat(http)
                                .startsWith("sink.http.url: must be set. ")
                                .contains("Example: sink.http.url=https://inventory.example.com/hosts"));
    }

    @Test
    void anOwnSinkHasAnEndpoint() {
        assertThat(Given.cluster()
                        .file("discovery.sinks", "mine")
                        .file("sink.mine.uri", "mqtt")
                        .sentences())
                .singleElement()
                .asString()
                .startsWith("sink.mine.uri: \"mqtt\" is not an endpoint URI")
                .contains("Example: sink.mine.uri=");
    }

    @Test
    void theTokenOfTheHttpSinkMayBeInAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "geheim\n");
        Settings settings = http().file("sink.http.token-file", file.toString()).settings();
        assertThat(settings.httpToken())
                .hasValueSatisfying(token -> assertThat(token.read()).isEqualTo("geheim"));
        assertThat(settings.secrets()).contains("geheim");
    }

    @Test
    void theFileOfATokenThatNobodyNeedsNeedNotBeThere() {
        assertThat(Given.cluster().file("sink.http.token-file", "/nowhere").sentences())
                .isEmpty();
        assertThat(http().file("sink.http.token-file", "/nowhere").sentences())
                .singleElement()
                .asString()
                .contains("/nowhere is not there");
    }

    @ParameterizedTest
    @CsvSource({
        "http://inventory/hosts, geheim, 1",
        "http://localhost:8080/hosts, geheim, 0",
        "https://inventory/hosts, geheim, 0",
        "http://inventory/hosts, '', 0",
    })
    void aTokenInClearIsAWarning(String url, String token, int warnings) {
        Loaded loaded = http().file("sink.http.url", url)
                .environment("SINK_HTTP_TOKEN", token)
                .load();
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.warnings()).hasSize(warnings).allMatch(warning -> warning.contains("in clear"));
    }

    @Test
    void noSinkShowsTheSecretsOfItsUri() {
        Settings settings = Given.cluster()
                .file("discovery.sinks", "mine")
                .file("sink.mine.uri", "ftp:host?username=bob&password=RAW({{env:FTP_PASSWORD}})")
                .environment("FTP_PASSWORD", "ge+heim")
                .settings();
        assertThat(settings.sinks().get(0).uri()).contains("ftp:host?username=bob&password=RAW(ge+heim)");
        assertThat(settings.sinks().get(0).toString()).contains("username=bob").doesNotContain("ge+heim");
        assertThat(settings.toString()).doesNotContain("ge+heim");
        assertThat(settings.secrets()).contains("ge+heim");
    }
}
