package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Gate;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.RecordedRequest;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens and tickets: which of them goes where, when it is renewed, and when the program gives up. */
public class LoggingInTest {

    private static final String USER = "discovery@pve";
    private static final String PASSWORD = "pass/word with ünicode & more=";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private static SimulatedCluster clusterWithUser() {
        return clusterWithUser(USER);
    }

    private static SimulatedCluster clusterWithUser(String user) {
        SimulatedCluster.Builder plan =
                SimulatedCluster.builder().nodes("pve1").user(user, PASSWORD, Privileges.full());
        IntStream.rangeClosed(101, 120).forEach(vmid -> plan.guest(plainVm(vmid)));
        return plan.start();
    }

    private Discovery asUser(Discovery discovery, String name, SimulatedCluster cluster) {
        return discovery
                .at(name, cluster.url())
                .of(name, "fingerprint", cluster.fingerprint())
                .of(name, "username", USER)
                .secret(name, "password", PASSWORD);
    }

    private static List<RecordedRequest> logins(SimulatedCluster cluster) {
        return cluster.log().requests(request -> request.method().equals("POST"));
    }

    private static String header(RecordedRequest request, String name) {
        return request.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static Set<String> cookies(SimulatedCluster cluster) {
        return cluster.requests().stream()
                .map(request -> header(request, "Cookie"))
                .filter(cookie -> !cookie.isEmpty())
                .collect(Collectors.toSet());
    }

    @Test
    void aTokensSecretMayComeFromAFile() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), Discovery.SECRET + "\n");
        try (SimulatedCluster cluster = Discovery.cluster().guest(vm(101)).start()) {
            Found found = Discovery.in(folder)
                    .at("lab", cluster.url())
                    .of("lab", "fingerprint", cluster.fingerprint())
                    .of("lab", "token-id", Discovery.TOKEN_ID)
                    .of("lab", "token-secret-file", secret.toString())
                    .once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(cluster.requests())
                    .extracting(request -> header(request, "Authorization"))
                    .containsOnly("PVEAPIToken=" + Discovery.TOKEN_ID + "=" + Discovery.SECRET);
        }
    }

    @Test
    void aSecretThatIsRotatedBetweenTwoRunsIsReadAgainWithoutARestart() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), Discovery.SECRET);
        try (SimulatedCluster cluster = Discovery.cluster().guest(vm(101)).start();
                Service service = Service.start(Discovery.in(folder)
                        .at("lab", cluster.url())
                        .of("lab", "fingerprint", cluster.fingerprint())
                        .of("lab", "token-id", Discovery.TOKEN_ID)
                        .of("lab", "token-secret-file", secret.toString()))) {
            service.pollNow();
            assertThat(service.awaitRuns("lab", 1).errors()).isEmpty();

            cluster.rotateSecret(Discovery.TOKEN_ID, "the-new-secret");
            Files.writeString(secret, "the-new-secret");
            service.pollNow();
            assertThat(service.awaitRuns("lab", 2).errors()).isEmpty();
            assertThat(cluster.requests()).noneMatch(request -> request.status() == 401);
        }
    }

    @Test
    void aSecretThatIsRotatedInTheMiddleOfARunIsReadAgainAndTheRunCompletes() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), Discovery.SECRET);
        try (SimulatedCluster cluster = Discovery.cluster()
                        .guest(plainVm(101))
                        .guest(plainVm(102))
                        .start();
                Gate gate = cluster.gate("/config")) {
            CompletableFuture<Found> run = Discovery.in(folder)
                    .at("lab", cluster.url())
                    .of("lab", "fingerprint", cluster.fingerprint())
                    .of("lab", "token-id", Discovery.TOKEN_ID)
                    .of("lab", "token-secret-file", secret.toString())
                    .start();
            gate.awaitHeld(1, PATIENCE);
            cluster.rotateSecret(Discovery.TOKEN_ID, "the-new-secret");
            Files.writeString(secret, "the-new-secret");
            gate.open();
            Found found = run.get();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).hasSize(2);
        }
    }

    @Test
    void aUserLogsInOnceAndShowsTheTicketEverAfter() {
        try (SimulatedCluster cluster = clusterWithUser()) {
            Found found = asUser(Discovery.in(folder), "lab", cluster).once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).hasSize(20);
            assertThat(logins(cluster)).hasSize(1);
            assertThat(cookies(cluster)).hasSize(1).allMatch(cookie -> cookie.startsWith("PVEAuthCookie="));
            assertThat(cluster.requests())
                    .allMatch(request -> header(request, "Authorization").isEmpty());
        }
    }

    @Test
    void aTicketThatExpiresInTheMiddleIsRenewedOnceForAllAndTheRunCompletes() throws Exception {
        try (SimulatedCluster cluster = clusterWithUser();
                Gate gate = cluster.gate("/config")) {
            CompletableFuture<Found> run =
                    asUser(Discovery.in(folder), "lab", cluster).start();
            gate.awaitHeld(4, PATIENCE);
            cluster.expireTickets();
            gate.open();
            Found found = run.get();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).hasSize(20);
            assertThat(logins(cluster)).hasSize(2);
        }
    }

    @Test
    void aWrongPasswordEndsTheRunAtOnce() {
        try (SimulatedCluster cluster = clusterWithUser()) {
            Found found = asUser(Discovery.in(folder), "lab", cluster)
                    .secret("lab", "password", "something else")
                    .once();
            assertThat(found.exitCode()).isEqualTo(4);
            assertThat(found.errors()).containsExactly("lab LOGIN_FAILED");
            assertThat(cluster.requests()).hasSize(1);
            assertThat(found.hasLatest("lab")).isFalse();
        }
    }

    @Test
    void aTicketThatWaitsForASecondFactorIsNoLogin() {
        try (SimulatedCluster cluster = clusterWithUser()) {
            cluster.fault(
                    "/access/ticket",
                    Fault.json("{\"data\":{\"ticket\":\"PVE:!tfa!%7B%22totp%22%3Atrue%7D:66AA::sig\",\"NeedTFA\":1,"
                            + "\"username\":\"discovery@pve\"}}"));
            Found found = asUser(Discovery.in(folder), "lab", cluster).once();
            assertThat(found.exitCode()).isEqualTo(4);
            assertThat(found.errors()).containsExactly("lab LOGIN_FAILED");
            assertThat(found.message("lab")).contains("second factor").contains("API token");
            assertThat(cluster.requests()).hasSize(1);
        }
    }

    @Test
    void aTicketGoesToItsOwnClusterOnly() {
        try (SimulatedCluster north = clusterWithUser();
                SimulatedCluster south = clusterWithUser("south@pve");
                SimulatedCluster west = Discovery.cluster().guest(vm(101)).start()) {
            Discovery all = asUser(asUser(Discovery.in(folder), "north", north), "south", south)
                    .of("south", "username", "south@pve")
                    .read("west", west);
            assertThat(all.once().exitCode()).isZero();
            assertThat(cookies(north)).hasSize(1).doesNotContainAnyElementsOf(cookies(south));
            assertThat(cookies(south)).hasSize(1);
            assertThat(cookies(west)).isEmpty();
            assertThat(north.requests())
                    .allMatch(request -> header(request, "Authorization").isEmpty());
        }
    }

    @Test
    void aCookieThatTheServerSetsIsNeverShownTogetherWithAToken() {
        try (SimulatedCluster cluster = Discovery.cluster().guest(vm(101)).start()) {
            cluster.fault("/api2/json/nodes$", raw("200 OK", "Set-Cookie: PVEAuthCookie=PVE%3Aroot@pam; path=/"));
            assertThat(Discovery.of(folder, cluster).once().exitCode()).isZero();
            assertThat(cluster.requests()).hasSizeGreaterThan(3);
            assertThat(cookies(cluster)).isEmpty();
        }
    }

    @Test
    void aRedirectIsNotFollowedSoNoSecretGoesAstray() {
        try (SimulatedCluster cluster = Discovery.cluster().guest(vm(101)).start();
                SimulatedCluster other = Discovery.cluster().guest(vm(101)).start()) {
            cluster.fault("/api2/json/nodes$", raw("302 Found", "Location: " + other.url() + "/api2/json/nodes"));
            Found found = Discovery.of(folder, cluster).once();
            assertThat(found.exitCode()).isEqualTo(4);
            assertThat(found.errors()).containsExactly("lab BAD_REPLY");
            assertThat(other.requests()).isEmpty();
            assertThat(cluster.requests()).hasSize(1);
        }
    }

    private static Fault raw(String status, String header) {
        String body = "{\"data\":[{\"node\":\"pve1\",\"status\":\"online\"}]}";
        String answer = "HTTP/1.1 " + status + "\r\n" + header + "\r\nConnection: close\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        return Fault.exactly(answer.getBytes(StandardCharsets.UTF_8));
    }
}
