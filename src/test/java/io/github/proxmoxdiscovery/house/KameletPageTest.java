package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.kamelet.OtherProcess;
import io.github.proxmoxdiscovery.sim.CertificateAuthority;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application of the page on Kamelets is made of the snippets of that page, and started. */
class KameletPageTest {

    @TempDir
    private Path folder;

    private final Map<String, String> files = Doc.of("docs/how-to/use-as-kamelets.md").snippets().stream()
            .filter(snippet -> snippet.marker().startsWith("app: "))
            .collect(Collectors.toMap(snippet -> snippet.marker().substring("app: ".length()), Doc.Snippet::text));

    @Test
    void theDependencyIsOurs() {
        String pom = ProjectFiles.text("pom.xml");
        String ours =
                files.get("pom.xml").replaceAll("</?dependency>", "").strip().replaceAll("\\s+", " ");
        assertThat(pom.replaceAll("\\s+", " ")).contains("<modelVersion>4.0.0</modelVersion> " + ours);
    }

    /** With the secret among the properties, where Camel might show it; from a file it is read in other tests. */
    @Test
    void theApplicationReadsTheClusterAndWritesEachHost() throws Exception {
        CertificateAuthority authority = CertificateAuthority.named("page");
        Path ca = Files.writeString(folder.resolve("ca.pem"), authority.pem());
        try (SimulatedCluster cluster = Discovery.cluster()
                        .authority(authority)
                        .guest(SimulatedGuest.qemu(101, "web").config("net0", "virtio=BC:24:11:00:00:01,bridge=vmbr0"))
                        .start();
                OtherProcess application = OtherProcess.of(folder, "org.example.Inventory", files)) {
            Function<String, String> here = text -> text.replace("https://pve1.example.com:8006", cluster.url())
                    .replace("discovery@pve!discovery", Discovery.TOKEN_ID)
                    .replace("secretFile=/run/secrets/proxmox-token", "secret=" + Discovery.SECRET)
                    .replace("/etc/ssl/pve-root-ca.pem", ca.toString());
            application.change("application.properties", here).start();
            application.awaitLog("sink application took 1 hosts");
            application.stop();
            String host = Files.readString(folder.resolve("inventory/lab/qemu/101/net0.json"));
            MessageSchema.validate(host);
            assertThat(new ObjectMapper().readTree(host).path("hostname").asText())
                    .isEqualTo("web");
            assertThat(application.log())
                    .contains("discovered lab/qemu/101/net0")
                    .doesNotContain(Discovery.SECRET);
        }
    }
}
