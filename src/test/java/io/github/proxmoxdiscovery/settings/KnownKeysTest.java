package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys there are, and what is said of others. */
class KnownKeysTest {

    @ParameterizedTest
    @CsvSource({
        "discvery.schedule, discovery.schedule",
        "discovery.shedule, discovery.schedule",
        "discovery.sink, discovery.sinks",
        "proxmox.cluster, proxmox.clusters",
        "proxmox.url, proxmox.pve.url",
        "proxmox.pve.ulr, proxmox.pve.url",
        "proxmox.pve.token_id, proxmox.pve.token-id",
        "proxmox.pve.finger-print, proxmox.pve.fingerprint",
        "sink.kafka.broker, sink.kafka.brokers",
        "sink.http.uRL, sink.http.url",
        "discovery.scheduled, discovery.schedule",
    })
    void namesTheNearestKnownKeyForATypo(String typo, String meant) {
        assertThat(Given.cluster().file(typo, "x").sentences())
                .singleElement()
                .asString()
                .startsWith(typo + ": there is no such setting. Did you mean " + meant + "?")
                .contains("Example: " + meant + "=");
    }

    @Test
    void saysThatATypoIsOnTheCommandLine() {
        assertThat(Given.cluster().define("discovery.shedule", "x").sentences())
                .singleElement()
                .asString()
                .startsWith("discovery.shedule: (given with -D) there is no such setting.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "archive.port",
                "something.else",
                "sink",
                "endpoint",
            })
    void whatIsNotBuiltYetOrNotOursIsUnknown(String key) {
        assertThat(Given.cluster().file(key, "1").sentences())
                .singleElement()
                .asString()
                .startsWith(key + ": there is no such setting");
    }

    @Test
    void aKeyThatIsNearToNoneIsSaidToBeUsedNowhere() {
        assertThat(Given.cluster().file("sink.mine.something", "1").sentences())
                .singleElement()
                .asString()
                .contains("no route file uses {{sink.mine.something}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"discovery.archive.after", "archive.port", "sink.archive.folder"})
    void onlyANameThatIsNearIsOffered(String key) {
        assertThat(Given.cluster().file(key, "1").sentences())
                .singleElement()
                .asString()
                .doesNotContain("Did you mean");
    }

    @Test
    void aKeyOfAClusterThatIsNotConfiguredNamesThoseThatAre() {
        assertThat(Given.cluster().file("proxmox.labb.url", "https://lab").sentences())
                .containsExactly("proxmox.labb.url: there is no cluster labb in proxmox.clusters, which names pve");
    }

    @Test
    void anUnknownVariableOfTheEnvironmentIsNoProblem() {
        assertThat(Given.cluster()
                        .environment("PROXMOX_PVE_ULR", "x")
                        .environment("DISCOVERY_SHEDULE", "x")
                        .environment("PATH", "/bin")
                        .sentences())
                .isEmpty();
    }

    @Test
    void aKeyThatARouteFileUsesIsKnownAndTold() {
        Given given = Given.cluster()
                .placeholder("sink.mine.table")
                .placeholder("sink.mine.schema")
                .placeholder("greeting")
                .file("sink.mine.table", "hosts")
                .file("greeting", "hello")
                .environment("SINK_MINE_SCHEMA", "public");
        assertThat(given.settings().effective())
                .containsEntry("sink.mine.table", "hosts")
                .containsEntry("sink.mine.schema", "public")
                .containsEntry("greeting", "hello");
    }

    @Test
    void aWordOfARouteFileIsNotTakenFromTheEnvironment() {
        assertThat(Given.cluster()
                        .placeholder("user")
                        .environment("USER", "root")
                        .settings()
                        .effective())
                .doesNotContainKey("user");
    }

    @Test
    void theSettingsOfASinkThatIsNotChosenAreKnown() {
        assertThat(Given.cluster()
                        .file("sink.kafka.brokers", "kafka1:9092")
                        .file("sink.mine.uri", "log:mine")
                        .file("sink.mine.emit", "changes")
                        .file("sink.mine.excluded", "nothing")
                        .sentences())
                .isEmpty();
    }

    @Test
    void whatIsForCamelIsPassedOn() {
        assertThat(Given.cluster()
                        .file("camel.component.kafka.security-protocol", "SSL")
                        .define("camel.main.name", "x")
                        .settings()
                        .effective())
                .containsEntry("camel.component.kafka.security-protocol", "SSL")
                .containsEntry("camel.main.name", "x");
    }

    @Test
    void theEnvironmentMaySetOptionsOfKafka() {
        Given given = Given.cluster()
                .file("camel.component.kafka.saslJaasConfig", "from the file")
                .environment("CAMEL_COMPONENT_KAFKA_SASL_JAAS_CONFIG", "from the environment")
                .environment("CAMEL_COMPONENT_LOG_X", "y");
        assertThat(given.settings().effective())
                .containsEntry("camel.component.kafka.sasl-jaas-config", "from the environment")
                .doesNotContainKeys("camel.component.kafka.saslJaasConfig", "camel.component.log.x");
    }
}
