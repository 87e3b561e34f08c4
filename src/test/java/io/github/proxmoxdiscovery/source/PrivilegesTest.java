package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.container;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Flavour;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run says and asks when the token lacks something, on each version of Proxmox VE. */
public class PrivilegesTest {

    private static final String ACL = "pveum acl modify /vms --users discovery@pve --tokens 'discovery@pve!test'";

    @TempDir
    private Path folder;

    private static SimulatedCluster cluster(Flavour flavour, Privileges privileges) {
        return Discovery.cluster()
                .flavour(flavour)
                .token(Discovery.TOKEN_ID, Discovery.SECRET, privileges)
                .guest(vm(101).pool("shop"))
                .guest(vm(102))
                .guest(container(201).pool("shop"))
                .start();
    }

    private Found found(SimulatedCluster cluster) {
        return Discovery.of(folder, cluster).once();
    }

    private static String privileges(Found found) {
        return found.report().path("privileges").toString();
    }

    private static String release(Flavour flavour) {
        return switch (flavour) {
            case PVE_7 -> "7.4";
            case PVE_8_0 -> "8.0";
            case PVE_8 -> "8.2";
            case PVE_8_4 -> "8.4";
            case PVE_9 -> "9.2";
        };
    }

    private static List<String> agentCalls(SimulatedCluster cluster) {
        return cluster.log().requests(request -> request.target().contains("/agent/")).stream()
                .map(request -> request.target())
                .toList();
    }

    private static List<String> remedies(Found found, String reason) {
        return StreamSupport.stream(found.report().path("errors").spliterator(), false)
                .filter(error -> error.path("reason").asText().equals(reason))
                .map(error -> error.path("remedy").asText())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void aTokenThatMayDoAllThatIsNeededLacksNothing(Flavour flavour) {
        try (SimulatedCluster cluster = cluster(flavour, Privileges.full())) {
            Found found = found(cluster);
            assertThat(privileges(found))
                    .isEqualTo("{\"version\":\"" + release(flavour) + "\",\"missing\":[],\"limited_to\":[]}");
            assertThat(agentCalls(cluster)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void withoutTheAgentsPrivilegeNoAgentIsAskedAndThatIsSaidOnce(Flavour flavour) {
        try (SimulatedCluster cluster = cluster(flavour, Privileges.withoutAgent())) {
            Found found = found(cluster);
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.report().path("complete").asBoolean()).isTrue();
            assertThat(agentCalls(cluster)).isEmpty();
            assertThat(found.errors())
                    .containsOnlyOnce("lab AGENT_REFUSED")
                    .doesNotContain("lab/qemu/101 AGENT_REFUSED");
            JsonNode host = found.host(vmId(101)).path("proxmox");
            assertThat(host.path("agent").asText()).isEqualTo("refused");
            assertThat(host.path("agent_checked_at").isNull()).isTrue();
            assertThat(Found.texts(host.path("notes"))).containsExactly("AGENT_REFUSED");
        }
    }

    @Test
    void onNineTheRoleAuditorIsTheRemedyForTheAgent() {
        try (SimulatedCluster cluster = cluster(Flavour.PVE_9, Privileges.withoutAgent())) {
            Found found = found(cluster);
            assertThat(privileges(found))
                    .isEqualTo("{\"version\":\"9.2\",\"missing\":[\"VM.GuestAgent.Audit\"],\"limited_to\":[]}");
            assertThat(remedies(found, "AGENT_REFUSED"))
                    .containsExactly("On a node of the cluster, as root: " + ACL + " --roles PVEAuditor");
            assertThat(found.log()).anySatisfy(line -> assertThat(line).contains("WARN", "lab: AGENT_REFUSED", ACL));
        }
    }

    @Test
    void beforeNineTheRemedyIsARoleWithMonitorAndAWarning() {
        for (Flavour flavour : new Flavour[] {Flavour.PVE_7, Flavour.PVE_8}) {
            try (SimulatedCluster cluster = cluster(flavour, Privileges.withoutAgent())) {
                Found found = found(cluster);
                assertThat(Found.texts(found.report().at("/privileges/missing")))
                        .containsExactly("VM.Monitor");
                assertThat(remedies(found, "AGENT_REFUSED"))
                        .singleElement()
                        .asString()
                        .contains("pveum role add DiscoveryAgent --privs \"VM.Audit VM.Monitor\" && " + ACL
                                + " --roles DiscoveryAgent")
                        .contains("guest-exec");
            }
        }
    }

    @Test
    void aTokenThatMayAskOneAgentAsksAndIsRefusedByTheOther() {
        Privileges one = Privileges.withoutAgent().with("/vms/101", "VM.GuestAgent.Unrestricted");
        try (SimulatedCluster cluster = cluster(Flavour.PVE_9, one)) {
            Found found = found(cluster);
            assertThat(found.errors()).containsExactly("lab/qemu/102 AGENT_REFUSED");
            assertThat(privileges(found))
                    .isEqualTo("{\"version\":\"9.2\",\"missing\":[],\"limited_to\":[\"/vms/101\"]}");
            assertThat(agentCalls(cluster)).hasSize(2);
        }
    }

    @Test
    void aTokenThatSeesOnePoolSaysSo() {
        Privileges shop = Privileges.none().on("/pool/shop", "VM.Audit", "VM.GuestAgent.Audit", "Pool.Audit");
        try (SimulatedCluster cluster = cluster(Flavour.PVE_9, shop)) {
            Found found = found(cluster);
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).containsOnlyKeys(vmId(101), "lab/lxc/201/net0");
            assertThat(privileges(found))
                    .isEqualTo("{\"version\":\"9.2\",\"missing\":[],\"limited_to\":[\"/pool/shop\"]}");
        }
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    void withoutAuditNothingIsReadAndTheReportTellsTheCommand(Flavour flavour) {
        try (SimulatedCluster cluster = cluster(flavour, Privileges.none())) {
            Found found = found(cluster);
            assertThat(found.exitCode()).isEqualTo(4);
            assertThat(found.errors()).containsExactly("lab PRIVILEGE_MISSING");
            assertThat(remedies(found, "PRIVILEGE_MISSING"))
                    .containsExactly("On a node of the cluster, as root: " + ACL + " --roles PVEAuditor");
            assertThat(found.log()).anySatisfy(line -> assertThat(line).contains("ERROR", "PRIVILEGE_MISSING", ACL));
        }
    }

    @Test
    void aUserWithAPasswordNeedsNoEntryForAToken() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .user("reader@pam", "a password of some length", Privileges.withoutAgent())
                .guest(vm(101))
                .start()) {
            Found found = Discovery.in(folder)
                    .at("lab", cluster.url())
                    .of("lab", "fingerprint", cluster.fingerprint())
                    .of("lab", "username", "reader@pam")
                    .secret("lab", "password", "a password of some length")
                    .once();
            assertThat(remedies(found, "AGENT_REFUSED"))
                    .containsExactly("On a node of the cluster, as root: pveum acl modify /vms --users reader@pam"
                            + " --roles PVEAuditor");
        }
    }

    @Test
    void whenTheVersionIsNotToldTheAgentsAreAskedAllTheSame() {
        try (SimulatedCluster cluster = cluster(Flavour.PVE_9, Privileges.withoutAgent())) {
            for (Fault fault : new Fault[] {Fault.status(500, "no"), Fault.json("{\"data\":{\"release\":7}}")}) {
                cluster.clearFaults();
                cluster.fault("/version", fault);
                Found found = found(cluster);
                assertThat(found.errors()).contains("lab/qemu/101 AGENT_REFUSED", "lab/qemu/102 AGENT_REFUSED");
                assertThat(found.report().path("privileges").isNull()).isTrue();
            }
        }
    }
}
