package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.CertificateAuthority;
import io.github.proxmoxdiscovery.sim.CertificateKind;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.PortState;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When another cluster answers at the address, it is not read in the place of the one that was. */
public class OtherClusterTest {

    private static final CertificateAuthority ONE = CertificateAuthority.named("one");
    private static final CertificateAuthority TWO = CertificateAuthority.named("two");

    @TempDir
    private Path folder;

    private SimulatedCluster cluster;
    private Service service;
    private int runs;

    @BeforeEach
    void start() {
        cluster = Discovery.cluster().guest(vm(101)).start();
    }

    @AfterEach
    void close() {
        service.close();
        cluster.close();
    }

    private void afterOneRun(UnaryOperator<Discovery> settings) throws IOException {
        Discovery discovery =
                Discovery.in(folder).at("lab", cluster.url()).token("lab", Discovery.TOKEN_ID, Discovery.SECRET);
        service = Service.start(settings.apply(discovery));
        goesOn();
    }

    private void afterOneRun() throws IOException {
        afterOneRun(discovery -> discovery.of("lab", "insecure", "true"));
    }

    /** As pveproxy is restarted when its certificate is renewed: connections that stand would still have the old one. */
    private void restart() {
        cluster.port("pve1", PortState.CLOSED);
        cluster.port("pve1", PortState.OPEN);
    }

    private void show(CertificateAuthority authority) {
        cluster.show(authority);
        restart();
    }

    private Found run() {
        cluster.log().clear();
        service.pollNow();
        Found found = service.awaitRuns("lab", ++runs);
        service.awaitIdle("lab");
        return found;
    }

    private Found goesOn() {
        Found found = run();
        assertThat(found.errors()).isEmpty();
        assertThat(found.report().path("complete").asBoolean()).isTrue();
        assertThat(found.hosts()).containsOnlyKeys(vmId(101));
        return found;
    }

    private void isRefused(String... saying) {
        isRefused(run(), saying);
    }

    private void isRefused(Found found, String... saying) {
        assertThat(found.errors()).containsExactly("lab OTHER_CLUSTER");
        assertThat(found.message("lab")).contains(saying);
        assertThat(found.report().path("complete").asBoolean()).isFalse();
        assertThat(found.report().path("guests").asInt()).isZero();
        assertThat(found.report().at("/errors/0/remedy").asText())
                .contains("proxmox.lab.url", "proxmox-discovery accept-cluster lab");
        assertThat(found.latest("lab")).as("of the run before").containsOnlyKeys(vmId(101));
        assertThat(asked("/(qemu|lxc)/")).as("its guests").isZero();
    }

    private int asked(String regex) {
        return cluster.log()
                .requests(request -> request.target().matches(".*" + regex + ".*"))
                .size();
    }

    @Test
    void aClusterWithAnotherNameIsRefusedUntilTheOldOneIsBack() throws IOException {
        afterOneRun();
        cluster.rename("prod");
        isRefused("another one answers at " + cluster.url(), "it was called lab and is called prod now");
        isRefused("it was called lab");
        cluster.rename("lab");
        goesOn();
    }

    @Test
    void aClusterOfAnotherAuthorityIsRefusedThoughItIsNotVerified() throws IOException {
        cluster.show(ONE);
        afterOneRun();
        show(TWO);
        isRefused("its certificate was issued by CN=Proxmox Virtual Environment,OU=one,", "is issued by", "OU=two,");
    }

    @Test
    void aClusterOfAnotherAuthorityIsRefusedThoughBothAreTrusted() throws IOException {
        Path both = Files.writeString(folder.resolve("both.pem"), ONE.pem() + TWO.pem());
        cluster.show(ONE);
        afterOneRun(discovery -> discovery.of("lab", "ca-file", both.toString()));
        show(TWO);
        isRefused("OU=one,", "OU=two,");
        show(ONE);
        goesOn();
    }

    @Test
    void aCertificateThatTheSameAuthorityRenewedIsTheSameCluster() throws IOException {
        Path authority = Files.writeString(folder.resolve("ca.pem"), ONE.pem());
        cluster.show(ONE);
        afterOneRun(discovery -> discovery.of("lab", "ca-file", authority.toString()));
        String before = cluster.fingerprint();
        show(ONE);
        assertThat(cluster.fingerprint()).isNotEqualTo(before);
        goesOn();
    }

    @Test
    void aSelfSignedCertificateThatWasRenewedIsTheSameCluster() throws IOException {
        String first = cluster.fingerprint();
        cluster.show(CertificateKind.WITH_ANOTHER_KEY);
        String second = cluster.fingerprint();
        cluster.show(CertificateKind.VALID);
        afterOneRun(discovery -> discovery.of("lab", "fingerprint", first + "," + second));
        cluster.show(CertificateKind.WITH_ANOTHER_KEY);
        restart();
        goesOn();
    }

    @Test
    void aClusterOfEntirelyOtherNodesIsRefusedAndOneWithNewNodesIsNot() throws IOException {
        cluster.grant(Discovery.TOKEN_ID, Privileges.full().without("Sys.Audit"));
        SimulatedCluster.Builder grown =
                SimulatedCluster.builder().nodes("pve2", "pve3").token(Discovery.TOKEN_ID, Discovery.SECRET);
        SimulatedCluster.Builder other =
                SimulatedCluster.builder().nodes("node1").token(Discovery.TOKEN_ID, Discovery.SECRET);
        try (SimulatedCluster second = grown.guest(vm(101).node("pve2")).start();
                SimulatedCluster third = other.guest(vm(101).node("node1")).start();
                Relay relay = new Relay(cluster)) {
            afterOneRun(discovery -> discovery.of("lab", "insecure", "true").of("lab", "url", relay.url()));
            relay.leadTo(second);
            goesOn();
            relay.leadTo(third);
            isRefused("its nodes were pve2, pve3 and are node1 now");
            assertThat(third.requests()).noneMatch(request -> request.target().contains("/qemu/"));
        }
    }

    @Test
    void aTokenThatMayNotAskForTheNameReadsTheCluster() throws IOException {
        cluster.grant(Discovery.TOKEN_ID, Privileges.full().without("Sys.Audit"));
        afterOneRun();
        assertThat(asked("/cluster/status")).as("and is refused once").isEqualTo(1);
        cluster.rename("prod");
        goesOn();
    }

    @Test
    void aNameThatIsLearntLaterIsComparedFromThenOn() throws IOException {
        cluster.grant(Discovery.TOKEN_ID, Privileges.full().without("Sys.Audit"));
        afterOneRun();
        cluster.grant(Discovery.TOKEN_ID, Privileges.full());
        goesOn();
        cluster.grant(Discovery.TOKEN_ID, Privileges.full().without("Sys.Audit"));
        goesOn();
        cluster.grant(Discovery.TOKEN_ID, Privileges.full());
        cluster.rename("prod");
        isRefused("it was called lab and is called prod now");
    }

    @Test
    void aNodeAloneHasNoNameAndIsRead() throws IOException {
        cluster.close();
        cluster = SimulatedCluster.builder()
                .name("unused")
                .token(Discovery.TOKEN_ID, Discovery.SECRET)
                .guest(vm(101))
                .start();
        afterOneRun();
        goesOn();
        assertThat(asked("/cluster/status")).isEqualTo(1);
    }

    @Test
    void thatTheNameCannotBeHadForAnyReasonIsNoFailure() throws IOException {
        cluster.fault("/cluster/status", Fault.status(500, "no"));
        afterOneRun();
        cluster.clearFaults();
        cluster.fault("/cluster/status", Fault.json("{\"data\":null}"));
        goesOn();
        cluster.clearFaults();
        cluster.fault("/cluster/status", Fault.body("text/html", "<!DOCTYPE html><html></html>"));
        goesOn();
    }

    @Test
    void quickRunsRestAfterARefusal() throws IOException {
        afterOneRun();
        cluster.rename("prod");
        isRefused("prod");
        cluster.put(vm(102));
        cluster.log().clear();
        service.pollQuickly("lab");
        assertThat(cluster.requests()).isEmpty();
    }

    @Test
    void aQuickRunSeesAnotherAuthorityAndReadsNothing() throws IOException {
        cluster.show(ONE);
        afterOneRun();
        show(TWO);
        cluster.put(vm(102));
        cluster.log().clear();
        service.pollQuickly("lab");
        isRefused(service.awaitRuns("lab", ++runs), "OU=one,", "OU=two,");
        assertThat(asked("/cluster/status")).isZero();
    }
}
