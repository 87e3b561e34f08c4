package io.github.proxmoxdiscovery.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.settings.SettingsLoader.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be said of a cluster, and what is said of it when it is wrong. */
class ClusterSettingsTest {

    private static final String PAIRS = "ab".repeat(32);
    private static final String FINGERPRINT = "AB" + ":AB".repeat(31);

    @TempDir
    private Path folder = Path.of("");

    private static ClusterSettings pve(Given given) {
        return given.settings().clusters().get(0);
    }

    @Test
    void hasTheDefaultsOfTheContract() {
        ClusterSettings cluster = pve(Given.cluster());
        assertThat(cluster.name()).isEqualTo("pve");
        assertThat(cluster.urls()).containsExactly("https://pve1.example.com:8006");
        assertThat(cluster.trust()).isEqualTo(new Trust.SystemTrust());
        assertThat(List.of(cluster.nodeConcurrency(), cluster.agentConcurrency(), cluster.concurrency()))
                .containsExactly(4, 2, 32);
        assertThat(List.of(cluster.connectTimeout(), cluster.timeout(), cluster.agentTimeout()))
                .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(35), Duration.ofSeconds(15));
        assertThat(cluster.maxReplyBytes()).isEqualTo(64L << 20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url               | http://pve1:8006    | in clear",
                "url               | https://pve1/api2   | behind host and port",
                "token-id          | discovery@pve       | of the form user@realm!tokenid",
                "token-id          | discovery!x         | of the form user@realm!tokenid",
                "token-id          | a@b!c=d             | what stands behind the = is the secret",
                "ca-file           | /nowhere/ca.pem     | the file /nowhere/ca.pem is not there",
                "fingerprint       | AB:CD               | 32 pairs of hexadecimal digits",
                "insecure          | yes                 | neither true nor false",
                "node-concurrency  | 65                  | from 1 to 64",
                "node-concurrency  | 0                   | from 1 to 64",
                "agent-concurrency | 17                  | from 1 to 16",
                "agent-concurrency | 5                   | more than proxmox.pve.node-concurrency",
                "concurrency       | 513                 | from 1 to 512",
                "connect-timeout   | 5                   | Example: proxmox.pve.connect-timeout=5s",
                "timeout           | 0s                  | more than nothing",
                "timeout           | 999999999d          | is too long: it may be 1d at most",
                "agent-timeout     | soon                | Example: proxmox.pve.agent-timeout=15s",
                "max-reply         | 64                  | Example: proxmox.pve.max-reply=64MiB",
            })
    void aWrongValueIsOneSentence(String key, String value, String why) {
        assertThat(Given.cluster().file("proxmox.pve." + key, value).sentences())
                .singleElement()
                .asString()
                .startsWith("proxmox.pve." + key + ": ")
                .contains(why);
    }

    @Test
    void theValueIsShownWithWhereItCameFrom() {
        assertThat(Given.cluster().environment("PROXMOX_PVE_TIMEOUT", "35").sentences())
                .containsExactly("proxmox.pve.timeout: \"35\" (given in the environment, PROXMOX_PVE_TIMEOUT) is not a"
                        + " duration: a whole number with its unit, ms, s, m, h or d."
                        + " Example: proxmox.pve.timeout=35s");
    }

    @Test
    void aNodeThatIsAskedLessIsAskedLessByAgentsToo() {
        ClusterSettings cluster = pve(Given.cluster().file("proxmox.pve.node-concurrency", "1"));
        assertThat(cluster.agentConcurrency()).isEqualTo(1);
    }

    @Test
    void aTokenLogsIn() {
        Login.Token login = (Login.Token) pve(Given.cluster()).login();
        assertThat(login.tokenId()).isEqualTo("discovery@pve!discovery");
        assertThat(login.secret().read()).isEqualTo(Given.CANARY);
    }

    @Test
    void aPasswordLogsIn() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "geheim\n");
        Given given = Given.cluster()
                .without("proxmox.pve.token-id")
                .without("proxmox.pve.token-secret")
                .file("proxmox.pve.username", "discovery@pam")
                .file("proxmox.pve.password-file", file.toString());
        Login.Password login = (Login.Password) pve(given).login();
        assertThat(login.username()).isEqualTo("discovery@pam");
        assertThat(login.secret().read()).isEqualTo("geheim");
        assertThat(given.settings().secrets()).contains("geheim");
    }

    @ParameterizedTest
    @CsvSource({"discovery, of the form user@realm", "discovery@pve!x, set token-id instead"})
    void aUserHasARealm(String username, String why) {
        assertThat(Given.cluster()
                        .without("proxmox.pve.token-id")
                        .without("proxmox.pve.token-secret")
                        .file("proxmox.pve.username", username)
                        .environment("PROXMOX_PVE_PASSWORD", "geheim")
                        .sentences())
                .singleElement()
                .asString()
                .contains(why);
    }

    @Test
    void aTokenAndAUserAreTooMuch() {
        assertThat(Given.cluster().file("proxmox.pve.username", "discovery@pam").sentences())
                .singleElement()
                .asString()
                .startsWith("proxmox.pve.token-id: there is both a token and a user");
    }

    @Test
    void aTokenWithoutASecretSaysWhereSecretsGo() {
        assertThat(Given.cluster().without("proxmox.pve.token-secret").sentences())
                .containsExactly("proxmox.pve.token-secret: must be set. Set the environment variable"
                        + " PROXMOX_PVE_TOKEN_SECRET, or name a file that holds it with proxmox.pve.token-secret-file");
    }

    @Test
    void aSecretAndItsFileAreTooMuch() {
        assertThat(Given.cluster()
                        .file("proxmox.pve.token-secret-file", "/run/x")
                        .sentences())
                .singleElement()
                .asString()
                .contains("Only one of them may be");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|is empty", "'one\ntwo\n'|more than one line"})
    void aSecretsFileHoldsOneLine(String content, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), content);
        assertThat(Given.cluster()
                        .without("proxmox.pve.token-secret")
                        .file("proxmox.pve.token-secret-file", file.toString())
                        .sentences())
                .singleElement()
                .asString()
                .startsWith("proxmox.pve.token-secret-file: ")
                .contains(why)
                .doesNotContain("one\n");
    }

    @Test
    void fingerprintsAreNormalised() {
        ClusterSettings cluster = pve(Given.cluster().file("proxmox.pve.fingerprint", PAIRS + ", " + FINGERPRINT));
        assertThat(((Trust.Fingerprint) cluster.trust()).fingerprints()).containsExactly(FINGERPRINT);
    }

    @Test
    void onlyOneKindOfTrustMayBeSet() throws IOException {
        Path notPem = Files.writeString(folder.resolve("ca.pem"), "hello");
        Given given = Given.cluster()
                .file("proxmox.pve.fingerprint", FINGERPRINT)
                .file("proxmox.pve.insecure", "true")
                .file("proxmox.pve.ca-file", notPem.toString());
        assertThat(given.sentences())
                .satisfiesExactly(
                        ca -> assertThat(ca).startsWith("proxmox.pve.ca-file: ").contains("PEM file"),
                        both -> assertThat(both)
                                .startsWith("proxmox.pve.fingerprint: ")
                                .contains("Only one of them may be"),
                        off -> assertThat(off)
                                .startsWith("proxmox.pve.insecure: ")
                                .contains("turns off"));
    }

    @Test
    void aFileOfAuthoritiesIsTrusted() throws IOException {
        Path pem = Files.writeString(folder.resolve("ca.pem"), Certificates.PEM);
        ClusterSettings cluster = pve(Given.cluster().file("proxmox.pve.ca-file", pem.toString()));
        assertThat(cluster.trust()).isEqualTo(new Trust.CaFile(pem));
    }

    @Test
    void insecureIsAWarningThatNamesTheCluster() {
        Loaded loaded = Given.cluster().file("proxmox.pve.insecure", "true").load();
        assertThat(loaded.settings().clusters().get(0).trust()).isEqualTo(new Trust.Insecure());
        assertThat(loaded.warnings()).singleElement().asString().contains("cluster pve is not verified");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Lab                                       | not a name",
                "-lab                                      | not a name",
                "lab_1                                     | not a name",
                "abcdefghijklmnopqrstuvwxyz0123456         | not a name",
                "pve,pve                                   | names pve more than once",
                "','                                       | names nothing",
            })
    void clustersHaveDifferentNames(String names, String why) {
        assertThat(Given.cluster().file("proxmox.clusters", names).sentences())
                .singleElement()
                .asString()
                .startsWith("proxmox.clusters: ")
                .contains(why)
                .contains("Example: proxmox.clusters=pve");
    }

    @Test
    void ofAClusterWithAWrongNameOnlyThatIsSaid() {
        assertThat(Given.cluster()
                        .without("proxmox.pve.url")
                        .file("proxmox.clusters", "pve,Lab")
                        .file("proxmox.Lab.url", "http://lab")
                        .load()
                        .problems())
                .extracting(Problem::key)
                .containsExactly("proxmox.clusters", "proxmox.pve.url");
    }

    @Test
    void eachClusterHasItsOwnKeys() {
        Settings settings = Given.cluster()
                .file("proxmox.clusters", "pve, lab-2")
                .environment("PROXMOX_LAB_2_URL", "https://lab")
                .environment("PROXMOX_LAB_2_TOKEN_ID", "a@pve!b")
                .environment("PROXMOX_LAB_2_TOKEN_SECRET", "other")
                .settings();
        assertThat(settings.clusters()).extracting(ClusterSettings::name).containsExactly("pve", "lab-2");
        assertThat(settings.clusters().get(1).urls()).containsExactly("https://lab:8006");
        assertThat(settings.secrets()).containsExactly(Given.CANARY, "other");
    }
}
