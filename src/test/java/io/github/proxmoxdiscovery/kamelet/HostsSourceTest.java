package io.github.proxmoxdiscovery.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.sim.CertificateAuthority;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kamelet:proxmox-hosts-source} in another application, which has nothing but our jar on its class path. */
class HostsSourceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Two clusters; at one host of the first the route fails once. */
    private static final String ROUTES = """
            - route:
                id: from-lab
                from:
                  uri: kamelet:proxmox-hosts-source
                  parameters:
                    url: "{{lab.url}}"
                    tokenId: "{{token}}"
                    secret: "{{env:LAB_SECRET}}"
                    fingerprint: "{{lab.fingerprint}}"
                    cluster: lab
                    emit: changes
                    data: data/lab
                  steps:
                    - filter:
                        simple: "${header.id} contains '/102/' && ${variable.global:failed} == null"
                        steps:
                          - setVariable: {name: "global:failed", constant: "true"}
                          - throwException: {exceptionType: java.lang.IllegalStateException, message: not this time}
                    - to: direct:write
            - route:
                id: from-branch
                from:
                  uri: "kamelet:proxmox-hosts-source?cluster=branch&url={{branch.url}}&tokenId={{token}}&emit=changes\\
                    &data=data/branch&secretFile=secret&caFile=ca.pem&schedule=0+0+0+1+1+?+2099"
                  steps:
                    - to: direct:write
            - route:
                id: write
                from:
                  uri: direct:write
                  steps:
                    - log: "told of ${header.id}"
                    - setVariable: {name: host, simple: "${body}"}
                    - setBody: {simple: "${headers}"}
                    - marshal: {json: {library: Jackson}}
                    - setBody: {simple: "[${body},${variable.host}]"}
                    - to: "file:.?fileName=told&fileExist=Append&appendChars=\\\\n"
            """;

    @TempDir
    private Path folder;

    private static SimulatedGuest.Builder guest(int vmid) {
        return SimulatedGuest.qemu(vmid, "web-" + vmid)
                .config("net0", "virtio=BC:24:11:00:00:" + (vmid - 90) + ",bridge=vmbr0");
    }

    @Test
    void tellsEachHostOnceThenOnlyWhatChangedAndAgainWhatTheRouteFailedAt() throws Exception {
        CertificateAuthority authority = CertificateAuthority.named("branch");
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        Files.writeString(folder.resolve("secret"), Discovery.SECRET + "\n");
        try (SimulatedCluster lab = Discovery.cluster()
                        .guest(guest(101))
                        .guest(guest(102))
                        .guest(guest(103))
                        .start();
                SimulatedCluster branch = Discovery.cluster()
                        .guest(guest(104))
                        .authority(authority)
                        .start();
                OtherProcess application = application(lab, branch).start()) {
            application.awaitLines("told", 4);
            application.stop();
            List<JsonNode> told = told(application);
            assertThat(ids(told, 0))
                    .containsExactlyInAnyOrder(
                            "lab/qemu/101/net0", "lab/qemu/102/net0", "lab/qemu/103/net0", "branch/qemu/104/net0");
            assertThat(told).allSatisfy(HostsSourceTest::isAnEventAndNothingElse);
            assertThat(told)
                    .allMatch(event -> event.at("/0/event_type").asText().equals("discovered"));
            assertThat(application.log())
                    .contains("not this time", "told of lab/qemu/101/net0", "lab: complete run")
                    .doesNotContain(Discovery.SECRET);

            lab.change(103, guest -> guest.config("name", "renamed"));
            application.start();
            JsonNode event = JSON.readTree(application.awaitLines("told", 5).get(4));
            application.awaitLog("branch: complete run");
            application.stop();
            assertThat(event.at("/0/event_type").asText()).isEqualTo("updated");
            assertThat(event.at("/0/ce_changed").asText()).isEqualTo("hostname,proxmox.name");
            assertThat(event.at("/1/hostname").asText()).isEqualTo("renamed");
            assertThat(application.lines("told")).hasSize(5);
        }
    }

    private OtherProcess application(SimulatedCluster lab, SimulatedCluster branch) throws Exception {
        return OtherProcess.in(folder)
                .route("hosts", ROUTES)
                .environment("LAB_SECRET", Discovery.SECRET)
                .property("token", Discovery.TOKEN_ID)
                .property("lab.url", lab.url())
                .property("lab.fingerprint", lab.fingerprint())
                .property("branch.url", branch.url());
    }

    private static List<JsonNode> told(OtherProcess application) throws Exception {
        return StreamSupport.stream(
                        JSON.readTree(application.lines("told").stream().collect(Collectors.joining(",", "[", "]")))
                                .spliterator(),
                        false)
                .toList();
    }

    private static List<String> ids(List<JsonNode> told, int part) {
        return told.stream().map(event -> event.path(part).path("id").asText()).toList();
    }

    private static void isAnEventAndNothingElse(JsonNode event) {
        JsonNode host = event.path(1);
        MessageSchema.validate(host.toString());
        String id = host.path("id").asText();
        String cluster = host.path("proxmox").path("cluster").asText();
        Map<String, String> headers = JSON.convertValue(
                event.path(0), JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
        assertThat(headers.remove("ce_id")).startsWith(id + "@").endsWith(".1.1");
        assertThat(headers.remove("ce_time")).endsWith("Z");
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "id",
                        id,
                        "cluster",
                        cluster,
                        "run_id",
                        host.path("run_id").asText(),
                        "event_type",
                        "discovered",
                        "ce_specversion",
                        "1.0",
                        "ce_source",
                        "/proxmox-discovery/" + cluster,
                        "ce_type",
                        "io.github.proxmoxdiscovery.host.discovered.v1",
                        "ce_subject",
                        id,
                        "ce_dataschema",
                        "https://proxmox-discovery.github.io/schema/discovered-host/1"));
    }
}
