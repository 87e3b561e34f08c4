package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.settings.SettingsLoader.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret is on the command line, in a sentence, or in the text of an object. */
class SecrecyTest {

    private static final String JAAS = "org.x.ScramLoginModule required username=\"bob\" password=\"geheim-7\";";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "proxmox.pve.token-secret, PROXMOX_PVE_TOKEN_SECRET",
        "proxmox.pve.password, PROXMOX_PVE_PASSWORD",
        "sink.http.token, SINK_HTTP_TOKEN",
        "sink.mine.password, SINK_MINE_PASSWORD",
        "camel.component.kafka.sasl-jaas-config, CAMEL_COMPONENT_KAFKA_SASL_JAAS_CONFIG",
        "camel.component.kafka.ssl-key-password, CAMEL_COMPONENT_KAFKA_SSL_KEY_PASSWORD",
    })
    void isRefusedOnTheCommandLine(String key, String variable) {
        Loaded loaded = Given.cluster()
                .placeholder("sink.mine.password")
                .define(key, "geheim-7")
                .load();
        assertThat(loaded.problems())
                .filteredOn(problem -> problem.key().equals(key))
                .singleElement()
                .extracting(Problem::sentence)
                .asString()
                .contains("process list")
                .contains(variable)
                .contains(key + "-file");
        assertThat(loaded.problems().toString()).doesNotContain("geheim-7");
    }

    @Test
    void ofAnotherComponentIsRefusedOnTheCommandLineToo() {
        assertThat(Given.cluster()
                        .define("camel.component.ftp.password", "geheim-7")
                        .sentences())
                .singleElement()
                .asString()
                .contains("camel.component.ftp.password={{env:MY_SECRET}}")
                .doesNotContain("geheim-7");
    }

    @Test
    void inAUriIsRefusedOnTheCommandLine() {
        Given given = Given.cluster().define("discovery.sinks", "mine");
        assertThat(given.define("sink.mine.uri", "ftp:host?password=geheim-7").sentences())
                .singleElement()
                .asString()
                .contains("{{env:MY_SECRET}}")
                .doesNotContain("geheim-7");
        assertThat(given.define("sink.mine.uri", "ftp:host?password={{env:FTP}}")
                        .environment("FTP", "geheim-7")
                        .sentences())
                .isEmpty();
    }

    @Test
    void mayBeNamedByItsFileOnTheCommandLine() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "geheim-7\n");
        Settings settings = Given.cluster()
                .without("proxmox.pve.token-secret")
                .define("proxmox.pve.token-secret-file", file.toString())
                .settings();
        assertThat(settings.secrets()).containsExactly("geheim-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxmox.pve.url=https://root:geheim-7@pve1:8006",
                "proxmox.pve.url=root:geheim-7@pve1",
                "proxmox.pve.token-id=discovery@pve!x=geheim-7",
                "proxmox.pve.token-id=" + Given.CANARY,
                "proxmox.pve.token-secrt=geheim-7",
                "proxmox.pve.fingerprint=" + Given.CANARY,
                "sink.http.url=ftp://x/hosts?token=geheim-7",
                "sink.http.url=https://bob:geheim-7@x/hosts",
                "sink.kafka.brokers=bob:geheim-7@kafka1:9092",
            })
    void isNotInASentenceWhereverItWasPut(String line) {
        String[] parts = line.split("=", 2);
        assertThat(Given.cluster().file(parts[0], parts[1]).sentences())
                .singleElement()
                .asString()
                .startsWith(parts[0] + ": ")
                .doesNotContain("geheim-7", Given.CANARY);
    }

    @Test
    void ofSeveralLinesIsNotShown() {
        assertThat(Given.cluster()
                        .environment("PROXMOX_PVE_TOKEN_SECRET", "geheim-7\nX-Header: y")
                        .sentences())
                .singleElement()
                .asString()
                .contains("its value (given in the environment, PROXMOX_PVE_TOKEN_SECRET) has more than one line")
                .doesNotContain("geheim-7");
    }

    @Test
    void isNotInTheTextOfWhatWasLoaded() {
        Loaded loaded = Given.cluster()
                .file("discovery.sinks", "mine,http")
                .file("sink.http.url", "https://inventory/hosts")
                .environment("SINK_HTTP_TOKEN", "geheim-7")
                .file("sink.mine.uri", "ftp:host?password=geheim-7")
                .file("camel.component.kafka.sasl-jaas-config", JAAS)
                .load();
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.toString()).doesNotContain("geheim-7", Given.CANARY);
    }

    @Test
    void ofCamelIsPassedOnAndKnown() {
        Settings settings = Given.cluster()
                .environment("CAMEL_COMPONENT_KAFKA_SASL_JAAS_CONFIG", JAAS)
                .settings();
        assertThat(settings.effective()).containsEntry("camel.component.kafka.sasl-jaas-config", JAAS);
        assertThat(settings.secrets()).contains(JAAS, "geheim-7");
    }

    @Test
    void ofCamelOrOfARouteFileMayBeInAFile() throws IOException {
        Path jaas = Files.writeString(folder.resolve("jaas"), JAAS + "\n");
        Path password = Files.writeString(folder.resolve("password"), "geheim-8\n");
        Settings settings = Given.cluster()
                .placeholder("sink.mine.password")
                .file("camel.component.kafka.sasl-jaas-config-file", jaas.toString())
                .file("sink.mine.password-file", password.toString())
                .settings();
        assertThat(settings.effective())
                .containsEntry("camel.component.kafka.sasl-jaas-config", JAAS)
                .containsEntry("sink.mine.password", "geheim-8")
                .doesNotContainKey("camel.component.kafka.sasl-jaas-config-file");
        assertThat(settings.secrets()).contains(JAAS, "geheim-7", "geheim-8");
    }

    @Test
    void ofCamelAndItsFileAreTooMuch() {
        assertThat(Given.cluster()
                        .file("camel.component.kafka.saslJaasConfig", JAAS)
                        .file("camel.component.kafka.sasl-jaas-config-file", "/run/jaas")
                        .sentences())
                .singleElement()
                .asString()
                .contains("Only one of them may be")
                .doesNotContain("geheim-7");
    }
}
