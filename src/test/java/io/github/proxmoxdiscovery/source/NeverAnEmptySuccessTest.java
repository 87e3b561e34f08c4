package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be read at all is never delivered as nothing: exit code 4, and a log line that says what to do. */
public class NeverAnEmptySuccessTest {

    private static final String BEFORE = "what was found before\n";

    @TempDir
    private Path folder;

    /** The file of a complete run is there, and is to be kept; then a run that must fail. */
    private Found after(SimulatedCluster cluster, Runnable change, UnaryOperator<Discovery> setting) {
        Path latest = folder.resolve("out/lab/latest.ndjson");
        try {
            Files.createDirectories(latest.getParent());
            Files.writeString(latest, BEFORE);
            change.run();
            Found found = setting.apply(Discovery.of(folder, cluster)).once();
            assertThat(latest).as("the last complete run stays").hasContent(BEFORE);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void failed(Found found, String reason, String remedy) {
        assertThat(found.exitCode()).as(found.err()).isEqualTo(4);
        assertThat(found.errors()).containsExactly("lab " + reason);
        assertThat(found.report().path("complete").asBoolean()).isFalse();
        assertThat(found.log())
                .anySatisfy(line -> assertThat(line)
                        .contains("ERROR")
                        .contains("lab: " + reason)
                        .contains(remedy));
    }

    private static SimulatedCluster cluster() {
        return Discovery.cluster().guest(vm(101)).start();
    }

    @Test
    void aPortAtWhichNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (SimulatedCluster cluster = cluster()) {
            Found found = after(cluster, () -> {}, program -> program.of("lab", "url", "https://127.0.0.1:" + port));
            failed(found, "UNREACHABLE", "Check the address and the port");
        }
    }

    @Test
    void aPortAtWhichSomethingElseListensThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                SimulatedCluster cluster = cluster()) {
            Found found = after(
                    cluster,
                    () -> {},
                    program -> program.of("lab", "url", "https://127.0.0.1:" + silent.getLocalPort())
                            .of("lab", "timeout", "600ms"));
            assertThat(found.exitCode()).as(found.err()).isEqualTo(4);
            assertThat(found.errors()).hasSize(1).allMatch(error -> error.matches("lab (TIMEOUT|UNREACHABLE)"));
        }
    }

    @Test
    void aCertificateWithAnotherFingerprint() {
        try (SimulatedCluster cluster = cluster()) {
            Found found = after(
                    cluster,
                    () -> {},
                    program -> program.of(
                            "lab",
                            "fingerprint",
                            (cluster.fingerprint().startsWith("00") ? "01" : "00")
                                    + cluster.fingerprint().substring(2)));
            failed(found, "TLS_FAILED", "proxmox.lab.fingerprint");
            assertThat(found.message("lab")).contains(cluster.fingerprint());
        }
    }

    @Test
    void aCertificateThatTheSystemDoesNotTrust() {
        try (SimulatedCluster cluster = cluster()) {
            Found found = after(cluster, () -> {}, program -> program.of("lab", "fingerprint", ""));
            failed(found, "TLS_FAILED", "ca-file");
        }
    }

    @Test
    void aTokenThatIsRefused() {
        try (SimulatedCluster cluster = cluster()) {
            Found found = after(cluster, () -> cluster.rotateSecret(Discovery.TOKEN_ID, "another"), program -> program);
            failed(found, "LOGIN_FAILED", "has not expired");
            assertThat(found.message("lab")).contains("401 Authentication failed!");
        }
    }

    @Test
    void aPageInsteadOfAList() {
        try (SimulatedCluster cluster = cluster()) {
            Found found = after(
                    cluster,
                    () -> cluster.fault("/cluster/resources", Fault.body("text/html", "<!DOCTYPE html><html></html>")),
                    program -> program);
            failed(found, "BAD_REPLY", "proxy");
        }
    }

    @Test
    void aListThatIsNull() {
        try (SimulatedCluster cluster = cluster()) {
            Found found = after(
                    cluster,
                    () -> cluster.fault("/cluster/resources", Fault.json("{\"data\":null}")),
                    program -> program);
            failed(found, "BAD_REPLY", "proxy");
        }
    }

    @Test
    void aListOfNodesThatIsEmptyThoughEachClusterListsItself() {
        try (SimulatedCluster cluster = cluster()) {
            Found found = after(
                    cluster, () -> cluster.fault("/api2/json/nodes$", Fault.json("{\"data\":[]}")), program -> program);
            failed(found, "BAD_REPLY", "proxy");
        }
    }

    @Test
    void aNodeThatIsAskedAndCannotReachTheOneThatKnows() {
        for (int status : new int[] {595, 596}) {
            try (SimulatedCluster cluster = cluster()) {
                Found found = after(
                        cluster,
                        () -> cluster.fault("/cluster/resources", Fault.status(status, "No route to host")),
                        program -> program);
                failed(found, "UNREACHABLE", "Check the address and the port");
            }
        }
    }

    @Test
    void aListThatIsNeverAnswered() {
        try (SimulatedCluster cluster = cluster()) {
            Found found = after(
                    cluster,
                    () -> cluster.fault("/cluster/resources", Fault.hang()),
                    program -> program.of("lab", "timeout", "700ms"));
            failed(found, "UNREACHABLE", "Check the address and the port");
        }
    }

    @Test
    void aListThatIsTooLarge() {
        try (SimulatedCluster cluster = cluster()) {
            Found found = after(
                    cluster,
                    () -> cluster.fault("/cluster/resources", Fault.huge(200_000, true)),
                    program -> program.of("lab", "max-reply", "64KiB"));
            failed(found, "TOO_LARGE", "max-reply");
        }
    }

    @Test
    void aTokenWithPrivilegeSeparationAndNoRightsOfItsOwn() {
        try (SimulatedCluster cluster = cluster()) {
            Found found =
                    after(cluster, () -> cluster.grant(Discovery.TOKEN_ID, Privileges.none()), program -> program);
            failed(found, "PRIVILEGE_MISSING", "pveum acl modify");
        }
    }

    @Test
    void aTokenWithRightsThatHaveNothingToDoWithGuests() {
        try (SimulatedCluster cluster = cluster()) {
            Found found = after(
                    cluster,
                    () -> cluster.grant(
                            Discovery.TOKEN_ID, Privileges.none().on("/storage", "VM.Audit", "Datastore.Audit")),
                    program -> program);
            failed(found, "PRIVILEGE_MISSING", "pveum acl modify");
        }
    }

    @Test
    void aFilterByPoolThatCannotBeApplied() {
        try (SimulatedCluster cluster = cluster()) {
            Found found = after(
                    cluster,
                    () -> cluster.grant(Discovery.TOKEN_ID, Privileges.full().without("Pool.Audit")),
                    program -> program.with("discovery.exclude.pools", "training"));
            failed(found, "PRIVILEGE_MISSING", "pveum acl modify");
            assertThat(found.message("lab")).contains("Pool.Audit");
        }
    }

    @Test
    void aFilterByAPoolThatTheTokenMayNotSeeWhileItSeesAnother() {
        try (SimulatedCluster cluster = cluster()) {
            Privileges others = Privileges.full().without("Pool.Audit").with("/pool/office", "Pool.Audit");
            Found found = after(
                    cluster,
                    () -> cluster.grant(Discovery.TOKEN_ID, others),
                    program -> program.with("discovery.exclude.pools", "training"));
            failed(found, "PRIVILEGE_MISSING", "pveum acl modify");
        }
    }

    @Test
    void aFilterByTheOneOnlyPoolThatTheTokenMaySee() {
        Privileges shop = Privileges.full().without("Pool.Audit").with("/pool/shop", "Pool.Audit");
        try (SimulatedCluster cluster = Discovery.cluster()
                .token(Discovery.TOKEN_ID, Discovery.SECRET, shop)
                .guest(plainVm(101).pool("shop"))
                .guest(plainVm(102).pool("office"))
                .start()) {
            Found found = Discovery.of(folder, cluster)
                    .with("discovery.include.pools", "shop")
                    .once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).containsOnlyKeys(vmId(101));
        }
    }

    @Test
    void withoutAFilterUnknownPoolsAreOnlyNoted() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .token(Discovery.TOKEN_ID, Discovery.SECRET, Privileges.full().without("Pool.Audit"))
                .guest(plainVm(101).pool("shop"))
                .start()) {
            Found found = Discovery.of(folder, cluster).once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.host(vmId(101)).at("/proxmox/pool").isNull()).isTrue();
            assertThat(Found.texts(found.host(vmId(101)).at("/proxmox/notes"))).containsExactly("POOL_UNKNOWN");
            assertThat(found.errors()).containsExactly("lab POOL_UNKNOWN");
            assertThat(found.message("lab")).contains("Pool.Audit");
            assertThat(found.report().path("complete").asBoolean()).isTrue();
        }
    }

    @Test
    void anEmptyClusterIsASuccess() {
        try (SimulatedCluster cluster = Discovery.cluster().start()) {
            Found found = Discovery.of(folder, cluster).once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).isEqualTo(Map.of());
            assertThat(found.latest("lab")).isEqualTo(Map.of());
            assertThat(found.report().path("complete").asBoolean()).isTrue();
            assertThat(found.report().path("nodes")).hasSize(2);
        }
    }

    @Test
    void whatTheTokenMayDoIsNotNeededToRead() {
        try (SimulatedCluster cluster = cluster()) {
            for (Fault fault : new Fault[] {Fault.status(500, "no"), Fault.reset(), Fault.json("{\"data\":null}")}) {
                cluster.clearFaults();
                cluster.fault("/access/permissions", fault);
                Found found = Discovery.of(folder, cluster).once();
                assertThat(found.exitCode()).as(found.err()).isZero();
                assertThat(found.hosts()).containsOnlyKeys(vmId(101));
            }
        }
    }
}
