package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxdiscovery.settings.SettingsLoader.Loaded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theCommandLineWinsOverTheEnvironmentOverTheFileOverTheDefault() {
        Given given = Given.cluster();
        assertThat(given.settings().discovery().jitter()).isEqualTo(Duration.ofSeconds(10));
        given.file("discovery.jitter", "1s");
        assertThat(given.settings().discovery().jitter()).isEqualTo(Duration.ofSeconds(1));
        given.environment("DISCOVERY_JITTER", "2s");
        assertThat(given.settings().discovery().jitter()).isEqualTo(Duration.ofSeconds(2));
        given.define("discovery.jitter", "3s");
        assertThat(given.settings().discovery().jitter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(given.settings().effective()).containsEntry("discovery.jitter", "3s");
    }

    @Test
    void anEmptyValueIsAsNone() {
        Settings settings = Given.cluster()
                .file("discovery.jitter", "0s")
                .environment("DISCOVERY_JITTER", "")
                .define("discovery.jitter", " ")
                .file("discovery.include.tags", "")
                .settings();
        assertThat(settings.discovery().jitter()).isZero();
        assertThat(settings.discovery().include()).isEqualTo(Filter.none());
    }

    @Test
    void hasTheDefaultsOfTheContract() {
        assertThat(Given.cluster().settings().discovery())
                .isEqualTo(new DiscoverySettings(
                        "0 0/5 * * * ?",
                        Optional.of("0 * * * * ?"),
                        ZoneId.systemDefault(),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(10),
                        16,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        Filter.none(),
                        Filter.none(),
                        true,
                        true,
                        false,
                        Set.of(
                                "proxmox.agent",
                                "proxmox.agent_checked_at",
                                "proxmox.addresses.observed_at",
                                "proxmox.addresses.stale",
                                "proxmox.notes"),
                        new Removal(2, 20),
                        true,
                        Path.of("data")));
    }

    @Test
    void readsTheFilters() {
        DiscoverySettings discovery = Given.cluster()
                .file("discovery.include.nodes", "pve1, pve2")
                .file("discovery.include.pools", "shop")
                .file("discovery.exclude.vmids", "9000-9999")
                .file("discovery.exclude.tags", "scratch")
                .file("discovery.templates", "false")
                .file("discovery.stopped", "false")
                .file("discovery.addresses.link-local", "true")
                .settings()
                .discovery();
        assertThat(discovery.include().nodes()).containsExactly("pve1", "pve2");
        assertThat(discovery.include().pools()).containsExactly("shop");
        assertThat(discovery.exclude().matchesVmid(9500)).isTrue();
        assertThat(discovery.exclude().tags()).containsExactly("scratch");
        assertThat(discovery.templates() || discovery.stopped()).isFalse();
        assertThat(discovery.keepLinkLocal()).isTrue();
    }

    @Test
    void readsWhatIsNoChangeAndWhenAHostIsRemoved() {
        Given given = Given.cluster()
                .file("discovery.changes.ignore", "proxmox.tags, status")
                .file("discovery.removal.after", "1000")
                .file("discovery.removal.max-percent", "0")
                .file("discovery.shutdown-timeout", "10m");
        DiscoverySettings discovery = given.settings().discovery();
        assertThat(discovery.changesIgnored()).containsExactly("proxmox.tags", "status");
        assertThat(discovery.removal()).isEqualTo(new Removal(1000, 0));
        assertThat(discovery.shutdownTimeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void thatEverythingIsAChangeHasAWordOfItsOwn() {
        Given given = Given.cluster().file("discovery.changes.ignore", "none");
        assertThat(given.settings().discovery().changesIgnored()).isEmpty();
        given.file("discovery.changes.ignore", "");
        assertThat(given.settings().discovery().changesIgnored()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "discovery.schedule         | 0/5 * * * *   | five fields, as for Unix",
                "discovery.schedule         | hourly        | Example: discovery.schedule=0 0/5 * * * ?",
                "discovery.time-zone        | Zurich        | not a time zone",
                "discovery.jitter           | 10            | Example: discovery.jitter=10s",
                "discovery.delivery-timeout | 0s            | more than nothing",
                "discovery.delivery-timeout | 99999999d     | is too long: it may be 1d at most",
                "discovery.jitter           | 2d            | is too long: it may be 1d at most",
                "sink.file.keep             | 366d          | is too long: it may be 365d at most",
                "discovery.include.vmids    | 199-100       | ends before it begins",
                "discovery.exclude.vmids    | all           | Example: discovery.exclude.vmids=9000-9999",
                "discovery.removal.after    | 0             | from 1 to 1000",
                "discovery.removal.max-percent | 101        | from 0 to 100",
                "discovery.shutdown-timeout | 4s            | is not from 5s to 10m",
                "discovery.shutdown-timeout | 11m           | is not from 5s to 10m",
                "discovery.shutdown-timeout | 30            | with its unit",
                "discovery.changes.ignore   | proxmox..tags | not a list of paths",
                "discovery.templates        | no            | neither true nor false",
            })
    void aWrongValueIsOneSentence(String key, String value, String why) {
        assertThat(Given.cluster().file(key, value).sentences())
                .singleElement()
                .asString()
                .startsWith(key + ": \"" + value + "\"")
                .contains(why);
    }

    @Test
    void everyProblemIsSaidInTheOrderOfTheTable() {
        Loaded loaded = Given.nothing()
                .file("zzz", "1")
                .file("discvery.schedule", "x")
                .file("sink.http.batch", "0")
                .file("discovery.sinks", "kafka,http")
                .file("discovery.jitter", "10")
                .file("discovery.schedule", "never")
                .file("proxmox.clusters", "lab,shop")
                .file("proxmox.labb.url", "https://lab")
                .file("proxmox.shop.url", "http://shop")
                .define("proxmox.shop.token-secret", "geheim")
                .load();
        assertThat(loaded.problems())
                .extracting(Problem::key)
                .containsExactly(
                        "proxmox.lab.url",
                        "proxmox.lab.token-id",
                        "proxmox.lab.token-secret",
                        "proxmox.shop.url",
                        "proxmox.shop.token-id",
                        "proxmox.shop.token-secret",
                        "discovery.schedule",
                        "discovery.jitter",
                        "sink.kafka.brokers",
                        "sink.http.url",
                        "sink.http.batch",
                        "discvery.schedule",
                        "proxmox.labb.url",
                        "zzz");
        assertThat(loaded.found()).isEmpty();
        assertThatThrownBy(loaded::settings).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whenNothingIsSetItSaysWhatMustBe() {
        assertThat(Given.nothing().sentences())
                .satisfiesExactly(
                        url -> assertThat(url)
                                .startsWith("proxmox.pve.url: must be set. ")
                                .endsWith("Example: proxmox.pve.url=https://pve1.example.com:8006"),
                        id -> assertThat(id).startsWith("proxmox.pve.token-id: must be set. "),
                        secret -> assertThat(secret).startsWith("proxmox.pve.token-secret: must be set. "));
    }

    @Test
    void needsNoFileWhenAllIsSetOtherwise() {
        Given given = Given.nothing()
                .environment("PROXMOX_PVE_URL", "https://pve1")
                .environment("PROXMOX_PVE_TOKEN_ID", "a@pve!b")
                .environment("PROXMOX_PVE_TOKEN_SECRET", "geheim");
        assertThat(given.load(Optional.empty()).problems()).isEmpty();
        assertThat(given.load(Optional.of(folder)).problems()).isEmpty();
    }

    @Test
    void aFolderThatIsNamedMustBeThere() {
        Path nowhere = folder.resolve("nowhere");
        assertThat(Given.cluster().load(Optional.of(nowhere)).problems())
                .first()
                .extracting(Problem::sentence)
                .asString()
                .startsWith("--config: there is no folder " + nowhere);
    }

    @Test
    void aMissingFileIsSaidWhenSomethingIsWrong() {
        assertThat(Given.nothing().load(Optional.of(folder)).problems())
                .first()
                .extracting(Problem::sentence)
                .asString()
                .isEqualTo(folder.resolve(ConfigFile.NAME) + ": there is no such file");
    }

    @Test
    void theFileIsUtf8() throws IOException {
        Path file = folder.resolve(ConfigFile.NAME);
        Files.writeString(file, "\uFEFF# Zürich\ndiscovery.include.tags=zürich\n");
        Loaded loaded = complete().load(Optional.of(folder));
        assertThat(loaded.settings().discovery().include().tags()).containsExactly("zürich");

        Files.writeString(file, "discovery.include.tags=zürich\n", StandardCharsets.ISO_8859_1);
        assertThat(complete().load(Optional.of(folder)).problems())
                .singleElement()
                .extracting(Problem::sentence)
                .asString()
                .contains("is it UTF-8?");
    }

    @Test
    void aKeyStandsInTheFileOnce() throws IOException {
        Files.writeString(folder.resolve(ConfigFile.NAME), "discovery.jitter=1s\ndiscovery.jitter=2s\n");
        assertThat(complete().load(Optional.of(folder)).problems())
                .singleElement()
                .extracting(Problem::sentence)
                .asString()
                .startsWith("discovery.jitter: stands more than once in ");
    }

    private static Given complete() {
        return Given.nothing()
                .environment("PROXMOX_PVE_URL", "https://pve1")
                .environment("PROXMOX_PVE_TOKEN_ID", "a@pve!b")
                .environment("PROXMOX_PVE_TOKEN_SECRET", "geheim");
    }

    @Test
    void aValueMayReferToTheEnvironment() {
        Given given = Given.cluster()
                .file("proxmox.pve.url", "https://{{env:PVE_HOST}}:{{env:PVE_PORT:8006}}")
                .environment("PVE_HOST", "pve7");
        assertThat(given.settings().clusters().get(0).urls()).containsExactly("https://pve7:8006");
    }

    @Test
    void aVariableThatIsReferredToMustBeSet() {
        assertThat(Given.cluster()
                        .file("discovery.include.tags", "{{env:TAGS}}")
                        .sentences())
                .containsExactly("discovery.include.tags: names the environment variable TAGS, which is not set");
    }

    @Test
    void routeFilesAreToldEveryKeyAndDefaultButNoSecretOfOurs() {
        Settings settings = Given.cluster()
                .file("discovery.sinks", "http")
                .file("sink.http.url", "https://inventory/hosts")
                .file("sink.http.token", "geheim")
                .settings();
        assertThat(settings.effective())
                .containsEntry("discovery.schedule", "0 0/5 * * * ?")
                .containsEntry("sink.kafka.topic", "proxmox.hosts")
                .containsEntry("sink.http.url", "https://inventory/hosts")
                .containsEntry("proxmox.pve.timeout", "35s")
                .containsEntry("discovery.time-zone", TimeZone.getDefault().getID())
                .doesNotContainKeys("sink.http.token", "proxmox.pve.token-secret", "discovery.scheduled", "sink")
                .doesNotContainValue(Given.CANARY)
                .doesNotContainValue("geheim");
    }

    @ParameterizedTest
    @CsvSource({"Europe/Zurich, Europe/Zurich", "+02:00, GMT+02:00", "UTC, UTC"})
    void quartzIsToldATimeZoneThatItKnows(String configured, String told) {
        assertThat(Given.cluster()
                        .file("discovery.time-zone", configured)
                        .settings()
                        .effective())
                .containsEntry("discovery.time-zone", told);
        assertThat(TimeZone.getTimeZone(told).getRawOffset())
                .isEqualTo(TimeZone.getTimeZone(ZoneId.of(configured)).getRawOffset());
    }
}
