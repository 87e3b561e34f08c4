package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.DemoCluster;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example is started as its user would start it, only that the paths and addresses in it are of this machine. */
class ExamplesTest {

    private static final Pattern SECRET_FILE = Pattern.compile("/run/secrets/([a-z-]+)");
    private static final Pattern CLUSTER_URL = Pattern.compile("(?m)^(proxmox\\.[a-z]+)\\.url=.*$");

    @TempDir
    private Path folder;

    static List<Path> examples() {
        return ProjectFiles.files("config/examples", ".properties");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isValidAsItStands(Path example) throws Exception {
        Program.Result result = started(ProjectFiles.text(example)).run("validate");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("ok: ");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isValidWithEverythingThatIsCommentedOut(Path example) throws Exception {
        String all = ProjectFiles.text(example).replaceAll("(?m)^#(?=[a-z])", "");
        Program.Result result = started(all).run("validate");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    void theSettingsFileIsValidOnceAddressAndTokenAreSet() throws Exception {
        String settings = ProjectFiles.text("config/application.properties")
                .replaceFirst("(?m)^proxmox\\.pve\\.url=$", "proxmox.pve.url=https://pve1.example.com:8006")
                .replaceFirst("(?m)^proxmox\\.pve\\.token-id=$", "proxmox.pve.token-id=discovery@pve!discovery");
        Program.Result result = started(settings)
                .env("PROXMOX_PVE_TOKEN_SECRET", "not-a-secret")
                .run("validate");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @Test
    void theSettingsFileAloneSaysWhatMustBeSet() throws Exception {
        Program.Result result =
                started(ProjectFiles.text("config/application.properties")).run("validate");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("proxmox.pve.url").contains("proxmox.pve.token-id");
    }

    @Test
    void twoClustersAreReadSideBySide() throws Exception {
        try (SimulatedCluster cluster = SimulatedCluster.builder()
                .token(DemoCluster.TOKEN_ID, DemoCluster.TOKEN_SECRET)
                .guest(SimulatedGuest.qemu(101, "web").config("net0", "virtio=BC:24:11:00:00:01,bridge=vmbr0"))
                .start()) {
            String settings = ProjectFiles.text("config/examples/two-clusters.properties")
                    .replaceAll("(?m)^proxmox\\..*(fingerprint|token-id)=.*$", "");
            settings = CLUSTER_URL
                    .matcher(settings)
                    .replaceAll("$1.url=" + cluster.url() + "\n$1.fingerprint=" + cluster.fingerprint()
                            + "\n$1.token-id=" + DemoCluster.TOKEN_ID);
            Program.Result result = started(settings).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
        }
        assertThat(latest("lab")).startsWith("{\"id\":\"lab/qemu/101/net0\",\"mac\":\"bc:24:11:00:00:01\"");
        assertThat(latest("shop")).startsWith("{\"id\":\"shop/qemu/101/net0\",\"mac\":\"bc:24:11:00:00:01\"");
    }

    private String latest(String cluster) throws Exception {
        return Files.readString(folder.resolve("out").resolve(cluster).resolve("latest.ndjson"));
    }

    /** The program with these settings, the secrets of which are files. */
    private Program started(String settings) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        for (String name : SECRET_FILE
                .matcher(settings)
                .results()
                .map(file -> file.group(1))
                .collect(Collectors.toSet())) {
            String content = name.endsWith("jaas") ? jaas() : DemoCluster.TOKEN_SECRET;
            Files.writeString(secrets.resolve(name), content + "\n");
        }
        Files.writeString(config.resolve("application.properties"), settings.replace("/run/secrets/", secrets + "/"));
        return Program.in(folder).option("--config", config.toString()).option("--routes", routes());
    }

    private static String routes() {
        return ProjectFiles.path("routes").toString();
    }

    private static String jaas() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\" password=\"none\";";
    }
}
