package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.container;
import static io.github.proxmoxdiscovery.source.SampleGuests.containerId;
import static io.github.proxmoxdiscovery.source.SampleGuests.mac;
import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.CertificateKind;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Flavour;
import io.github.proxmoxdiscovery.sim.Gate;
import io.github.proxmoxdiscovery.sim.NodeState;
import io.github.proxmoxdiscovery.sim.PortState;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One case for each fault that a source of hosts is known to have: what is found, what is said, with which code the
 * program ends, and what was asked for it.
 */
public class SourceFaultsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LIST = "/cluster/resources";

    @TempDir
    private Path folder;

    private static SimulatedCluster.Builder plan() {
        return Discovery.cluster().guest(vm(101)).guest(container(201));
    }

    private Discovery discovery(SimulatedCluster cluster) {
        return Discovery.of(folder, cluster);
    }

    private static int asked(SimulatedCluster cluster, String part) {
        return cluster.log()
                .requests(request -> request.target().contains(part))
                .size();
    }

    private static List<String> notes(Found found, String id) {
        return Found.texts(found.host(id).at("/proxmox/notes"));
    }

    private static List<String> addresses(Found found, String id) {
        return Found.texts(found.host(id).path("ip_addresses"));
    }

    private static void isWhole(Found found, String... ids) {
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(found.report().path("complete").asBoolean()).isTrue();
        assertThat(found.latest("lab")).containsOnlyKeys(ids);
    }

    /** Nothing was read, and that is said; no list of hosts is there that could be taken for an empty cluster. */
    private static void isUnread(Found found, String reason, String message) {
        assertThat(found.exitCode()).as(found.err()).isEqualTo(4);
        assertThat(found.errors()).containsExactly("lab " + reason);
        assertThat(found.message("lab")).contains(message);
        assertThat(found.report().path("complete").asBoolean()).isFalse();
        assertThat(found.report().path("hosts").asInt()).isZero();
        assertThat(found.hasLatest("lab")).isFalse();
    }

    /** Some was read and some not: no list that looks whole. */
    private static void isPartial(Found found, String... errors) {
        assertThat(found.exitCode()).as(found.err()).isEqualTo(3);
        assertThat(found.errors()).containsExactly(errors);
        assertThat(found.report().path("complete").asBoolean()).isFalse();
        assertThat(found.hasLatest("lab")).isFalse();
    }

    @Test
    void anOfflineNodeIsSaidOnceItsGuestsAreFailedAndNotGoneAndItIsNotAsked() {
        try (SimulatedCluster cluster = plan().node("pve3", NodeState.offline())
                .guest(vm(301).node("pve3"))
                .guest(vm(302).node("pve3"))
                .start()) {
            Found found = discovery(cluster).once();
            isPartial(found, "lab/pve3 NODE_OFFLINE");
            assertThat(found.message("lab/pve3")).isEqualTo("the cluster says that the node is offline");
            assertThat(found.node("pve3").path("failed").asInt()).isEqualTo(2);
            assertThat(found.report().path("skipped").asInt()).isZero();
            assertThat(found.hosts()).containsOnlyKeys(vmId(101), containerId(201));
            assertThat(asked(cluster, "/pve3/")).isZero();
        }
    }

    @Test
    void aNodeThatNobodyKnowsFailsItsGuestsAlone() {
        try (SimulatedCluster cluster = plan().guest(vm(301)).start()) {
            cluster.fault(
                    "/qemu/301/", Fault.status(500, "hostname lookup 'pve9' failed - failed to get address info"));
            Found found = discovery(cluster).once();
            isPartial(found, "lab/qemu/301 SERVER_ERROR");
            assertThat(found.message("lab/qemu/301")).contains("hostname lookup 'pve9' failed");
            assertThat(asked(cluster, "/qemu/301/")).isEqualTo(1);
        }
    }

    @Test
    void aTokenThatExpiredIsShownOnceAndNotAgain() {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.expireToken(Discovery.TOKEN_ID);
            isUnread(discovery(cluster).once(), "LOGIN_FAILED", "401");
            assertThat(cluster.requests())
                    .as("an address that guesses is banned")
                    .hasSize(1);
        }
    }

    @Test
    void aTokenWithoutRightsGetsAnEmptyListThatIsNotBelieved() {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.grant(Discovery.TOKEN_ID, Privileges.none());
            isUnread(discovery(cluster).once(), "PRIVILEGE_MISSING", "VM.Audit is not granted");
            assertThat(asked(cluster, "/config")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CertificateKind.class,
            names = {"EXPIRED", "FOR_ANOTHER_HOST", "WITH_ANOTHER_KEY"})
    void aCertificateThatIsNotThePinnedOneIsShownAndNothingIsSent(CertificateKind kind) {
        try (SimulatedCluster cluster = plan().start()) {
            Discovery discovery = discovery(cluster);
            cluster.show(kind);
            isUnread(discovery.once(), "TLS_FAILED", cluster.fingerprint());
            assertThat(cluster.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"CLOSED, refused", "FULL, ", "SILENT, ", "RESETTING, "})
    void aPortThatIsNotAsItShouldBeIsSaidInTime(PortState state, String message) {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.port("pve1", state);
            Found found = discovery(cluster)
                    .of("lab", "connect-timeout", "500ms")
                    .of("lab", "timeout", "1s")
                    .once();
            isUnread(found, "UNREACHABLE", message == null ? "the cluster could not be read" : message);
            assertThat(cluster.requests()).isEmpty();
        }
    }

    @Test
    void anAnswerThatDripsForEverEndsWithItsTotalTime() {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.fault(LIST, Fault.drip(Duration.ofMillis(100)));
            Found found = discovery(cluster).of("lab", "timeout", "2s").once();
            isUnread(found, "UNREACHABLE", "no complete answer within 2000 ms");
            assertThat(asked(cluster, LIST)).as("it took its time").isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "{}",
                "{\"data\":null}",
                "{\"data\":{}}",
                "{\"data\":\"x\"}",
                "{\"data\":[",
                "<html>"
            })
    void aListThatIsNoneIsABadReplyAndNothingOfItIsUsed(String body) {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.fault(LIST, Fault.json(body));
            isUnread(discovery(cluster).once(), "BAD_REPLY", "the cluster could not be read");
            assertThat(asked(cluster, LIST)).isEqualTo(1);
            assertThat(asked(cluster, "/config")).isZero();
        }
    }

    @Test
    void aListThatIsCutEachTimeIsABadReplyAfterFourTries() {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.fault(LIST, Fault.cut(50));
            isUnread(discovery(cluster).once(), "BAD_REPLY", "the cluster could not be read");
            assertThat(asked(cluster, LIST)).isEqualTo(4);
        }
    }

    @Test
    void aLoginPageOrARedirectOfAProxyIsNotFollowed() {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.fault("/nodes$", Fault.loginPage());
            isUnread(discovery(cluster).once(), "BAD_REPLY", "");
            cluster.clearFaults();
            cluster.log().clear();
            cluster.fault("/nodes$", Fault.redirect("https://127.0.0.1:1/"));
            isUnread(discovery(cluster).once(), "BAD_REPLY", "301");
            assertThat(cluster.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListOfTwoHundredMegabytesIsNotReadToItsEnd(boolean announced) {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.fault(LIST, Fault.huge(200_000_000, announced));
            Found found = discovery(cluster).of("lab", "max-reply", "1MiB").once();
            isUnread(found, "TOO_LARGE", "larger than 1048576 bytes");
            assertThat(asked(cluster, LIST)).isEqualTo(1);
        }
    }

    @Test
    void numbersAsTextsAndFieldsThatAreNewChangeNothing() {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.fault(
                    LIST,
                    Fault.json(
                            "{\"data\":[{\"type\":\"qemu\",\"vmid\":\"101\",\"node\":\"pve1\",\"status\":\"running\","
                                    + "\"uptime\":\"100\",\"template\":\"0\",\"new\":{\"a\":[1]}},"
                                    + "{\"type\":\"lxc\",\"vmid\":201,\"node\":\"pve1\",\"status\":\"running\",\"name\":7}]}"));
            cluster.fault(
                    "/qemu/101/config",
                    Fault.json(
                            "{\"data\":{\"digest\":\"x\",\"agent\":1,\"memory\":\"2048\",\"cores\":\"2\",\"new\":null,"
                                    + "\"net0\":\"virtio=BC:24:11:00:01:01,bridge=vmbr0,new=1\"}}"));
            Found found = discovery(cluster).once();
            isWhole(found, vmId(101), containerId(201));
            assertThat(addresses(found, vmId(101))).containsExactly("10.0.1.1");
        }
    }

    @Test
    void aRowThatNamesNoGuestMakesTheRunIncompleteAndTheOthersAreRead() {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.fault(
                    LIST,
                    Fault.json("{\"data\":[{\"type\":\"qemu\",\"vmid\":101,\"node\":\"pve1\",\"status\":\"running\"},"
                            + "{\"type\":\"lxc\",\"vmid\":201,\"status\":\"running\"}]}"));
            Found found = discovery(cluster).once();
            isPartial(found, "lab BAD_REPLY");
            assertThat(found.message("lab")).isEqualTo("1 rows of the guest list make no sense");
            assertThat(found.hosts()).containsOnlyKeys(vmId(101));
        }
    }

    @Test
    void aMacThatIsThereTwiceIsNotedOnBothAndNeverMergesThem() {
        try (SimulatedCluster cluster = plan().guest(
                        plainVm(102).config("net0", "virtio=" + mac(101) + ",bridge=vmbr0"))
                .start()) {
            Found found = discovery(cluster).once();
            isWhole(found, vmId(101), vmId(102), containerId(201));
            assertThat(found.errors()).containsExactly("lab DUPLICATE_MAC");
            assertThat(found.message("lab")).contains("2 interfaces have the MAC " + mac(101));
            assertThat(notes(found, vmId(101))).containsExactly("DUPLICATE_MAC");
            assertThat(notes(found, vmId(102))).containsExactly("DUPLICATE_MAC");
        }
    }

    @Test
    void anInterfaceWithoutAMacIsAHostWithANote() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(plainVm(102).config("net0", "virtio,bridge=vmbr0"))
                .start()) {
            Found found = discovery(cluster).once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.errors()).containsExactly("lab/qemu/102/net0 NO_MAC");
        }
    }

    @Test
    void aGuestThatMigratesMeanwhileIsOneHostOnItsNewNodeAndNotGone() throws Exception {
        try (SimulatedCluster cluster = plan().start();
                Gate gate = cluster.gate("/config")) {
            CompletableFuture<Found> run = discovery(cluster).start();
            gate.awaitHeld(1, PATIENCE);
            cluster.migrate(101, "pve2");
            cluster.listTwice(101, "pve1");
            gate.open();
            Found found = run.get();
            isWhole(found, vmId(101), containerId(201));
            assertThat(found.errors()).isEmpty();
            assertThat(found.host(vmId(101)).at("/proxmox/node").asText()).isEqualTo("pve2");
        }
    }

    @Test
    void anAgentThatHangsIsItsGuestsTroubleAloneAndAskedOnce() {
        try (SimulatedCluster cluster = plan().guest(vm(102)).start()) {
            cluster.fault("/qemu/101/agent/", Fault.hang());
            Found found = discovery(cluster).of("lab", "agent-timeout", "1s").once();
            isWhole(found, vmId(101), vmId(102), containerId(201));
            assertThat(found.errors()).containsExactly("lab/qemu/101 AGENT_SILENT");
            assertThat(found.message("lab/qemu/101")).isEqualTo("no complete answer within 1000 ms");
            assertThat(notes(found, vmId(101))).containsExactly("AGENT_SILENT");
            assertThat(addresses(found, vmId(101))).isEmpty();
            assertThat(addresses(found, vmId(102))).containsExactly("10.0.1.2");
            assertThat(asked(cluster, "/qemu/101/agent/")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    500 | QEMU guest agent is not running                             | AGENT_SILENT
                    500 | VM 101 qga command 'x' failed - got timeout                 | AGENT_SILENT
                    403 | Permission check failed (/vms/101, VM.GuestAgent.Audit)     | AGENT_REFUSED
                    501 | Method 'GET /nodes/pve1/qemu/101/agent/x' not implemented    | AGENT_UNSUPPORTED
                    500 | something else                                              | AGENT_ERROR
                    """)
    void whatAnAgentSaysInsteadOfAnAnswerIsNotedAndTheHostIsThere(int status, String said, String note) {
        try (SimulatedCluster cluster = plan().start()) {
            cluster.fault("/agent/", Fault.status(status, said));
            Found found = discovery(cluster).once();
            isWhole(found, vmId(101), containerId(201));
            assertThat(found.errors()).containsExactly("lab/qemu/101 " + note);
            assertThat(found.message("lab/qemu/101")).contains(said);
            assertThat(notes(found, vmId(101))).containsExactly(note);
            assertThat(asked(cluster, "/agent/")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "enabled=1", "1,fstrim_cloned_disks=1", "fstrim_cloned_disks=1,enabled=1", "on"})
    void theAgentIsAskedHoweverItsOptionIsWritten(String option) {
        try (SimulatedCluster cluster =
                Discovery.cluster().guest(vm(101).config("agent", option)).start()) {
            Found found = discovery(cluster).once();
            assertThat(addresses(found, vmId(101))).containsExactly("10.0.1.1");
        }
    }

    @ParameterizedTest
    @CsvSource({"PVE_9, VM.GuestAgent.Audit", "PVE_8, VM.Monitor"})
    void thePrivilegeForAgentsIsTheOneOfTheVersion(Flavour flavour, String privilege) {
        try (SimulatedCluster cluster = plan().flavour(flavour)
                .token(Discovery.TOKEN_ID, Discovery.SECRET, Privileges.withoutAgent())
                .start()) {
            Found found = discovery(cluster).once();
            isWhole(found, vmId(101), containerId(201));
            assertThat(found.errors()).containsExactly("lab AGENT_REFUSED");
            assertThat(found.message("lab")).startsWith(privilege);
            assertThat(asked(cluster, "/agent/")).isZero();
        }
    }

    @Test
    void aContainerWithDhcpHasTheAddressesOfItsRuntime() {
        try (SimulatedCluster cluster =
                Discovery.cluster().guest(container(201)).start()) {
            cluster.fault(
                    "/lxc/201/interfaces",
                    Fault.json("{\"data\":[{\"name\":\"eth0\",\"hwaddr\":\"" + mac(201)
                            + "\",\"inet\":\"10.0.2.1/24\",\"ip-addresses\":[]}]}"));
            assertThat(addresses(discovery(cluster).once(), containerId(201))).containsExactly("10.0.2.1");
        }
    }

    @Test
    void aGuestThatIsPoweredOffIsThereAndItsAgentIsLeftAlone() {
        try (SimulatedCluster cluster =
                Discovery.cluster().guest(vm(101).stopped()).start()) {
            Found found = discovery(cluster).once();
            isWhole(found, vmId(101));
            assertThat(found.host(vmId(101)).at("/proxmox/status").asText()).isEqualTo("stopped");
            assertThat(asked(cluster, "/agent/")).isZero();
        }
    }

    @Test
    void twoGuestsOfOneNameAreTwoHosts() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(plainVm(101).config("name", "web"))
                .guest(plainVm(102).config("name", "web"))
                .start()) {
            isWhole(discovery(cluster).once(), vmId(101), vmId(102));
        }
    }

    @Test
    void theLastOfAllInterfacesIsThereAsTheFirst() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(plainVm(101).config("net31", "virtio=" + mac(131) + ",bridge=vmbr0"))
                .start()) {
            isWhole(discovery(cluster).once(), vmId(101), "lab/qemu/101/net31");
        }
    }

    @Test
    void aGuestThatIsBackedUpIsReadAndItsAgentIsNotDisturbed() {
        try (SimulatedCluster cluster =
                Discovery.cluster().guest(vm(101).config("lock", "backup")).start()) {
            Found found = discovery(cluster).once();
            isWhole(found, vmId(101));
            assertThat(found.errors()).containsExactly("lab/qemu/101 GUEST_LOCKED");
            assertThat(notes(found, vmId(101))).containsExactly("GUEST_LOCKED");
            assertThat(asked(cluster, "/agent/")).isZero();
        }
    }

    @Test
    void aTicketThatEndsInTheMiddleIsRenewedOnceAndNobodyNotices() throws Exception {
        SimulatedCluster.Builder plan = Discovery.cluster().user("alice@pve", "open sesame", Privileges.full());
        IntStream.rangeClosed(101, 112).forEach(vmid -> plan.guest(plainVm(vmid)));
        try (SimulatedCluster cluster = plan.start();
                Gate gate = cluster.gate("/config")) {
            CompletableFuture<Found> run = Discovery.in(folder)
                    .at("lab", cluster.url())
                    .of("lab", "fingerprint", cluster.fingerprint())
                    .of("lab", "username", "alice@pve")
                    .secret("lab", "password", "open sesame")
                    .start();
            gate.awaitHeld(1, PATIENCE);
            cluster.expireTickets();
            gate.open();
            Found found = run.get();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.errors()).isEmpty();
            assertThat(found.hosts()).hasSize(12);
            assertThat(asked(cluster, "/access/ticket")).isEqualTo(2);
        }
    }
}
