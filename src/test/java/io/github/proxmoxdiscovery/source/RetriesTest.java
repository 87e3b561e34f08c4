package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.container;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.ActiveFault;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may pass by itself is asked again, as long as the run has time; what cannot is asked once. */
public class RetriesTest {

    @TempDir
    private Path folder;

    private SimulatedCluster cluster;

    @BeforeEach
    void start() {
        cluster = Discovery.cluster()
                .user("alice@pve", "open sesame", Privileges.full())
                .guest(vm(101))
                .guest(container(201))
                .start();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private Discovery discovery() {
        return Discovery.of(folder, cluster);
    }

    private int asked(String part) {
        return cluster.log()
                .requests(request -> request.target().contains(part))
                .size();
    }

    private static void isComplete(Found found) {
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(found.errors()).isEmpty();
        assertThat(found.hosts()).hasSize(2);
        assertThat(found.host(vmId(101)).path("ip_addresses")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504, 595, 597, 599})
    void aListThatFailsThreeTimesIsHadAtTheFourth(int status) {
        ActiveFault fault = cluster.fault("/cluster/resources", Fault.status(status, "not now"), 3);
        isComplete(discovery().once());
        assertThat(fault.hits()).isEqualTo(3);
        assertThat(asked("/cluster/resources")).isEqualTo(4);
    }

    @Test
    void aFourthFailureIsTheAnswer() {
        cluster.fault("/cluster/resources", Fault.status(503, "Service Unavailable"), 4);
        Found found = discovery().once();
        assertThat(found.exitCode()).isEqualTo(4);
        assertThat(found.errors()).containsExactly("lab SERVER_ERROR");
        assertThat(found.message("lab")).contains("503 Service Unavailable");
        assertThat(asked("/cluster/resources")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 501})
    void aRefusalOfAListIsNotQuestioned(int status) {
        cluster.fault("/cluster/resources", Fault.status(status, "no"));
        assertThat(discovery().once().exitCode()).isEqualTo(4);
        assertThat(asked("/cluster/resources")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504, 595, 597, 599})
    void aConfigAndAnAgentThatFailForAMomentAreHadAsWell(int status) {
        cluster.fault("/qemu/101/config", Fault.status(status, "not now"), 2);
        cluster.fault("/agent/|/interfaces", Fault.status(status, "not now"), 2);
        isComplete(discovery().once());
        assertThat(asked("/qemu/101/config")).isEqualTo(3);
    }

    @Test
    void connectionsThatAreResetAndBodiesThatAreCutAreAskedForAgain() {
        cluster.fault("/nodes$", Fault.reset(), 1);
        cluster.fault("/cluster/resources", Fault.cut(10), 2);
        cluster.fault("/qemu/101/config", Fault.cut(0), 1);
        cluster.fault("/agent/", Fault.cut(5), 1);
        isComplete(discovery().once());
        assertThat(asked("/cluster/resources")).isEqualTo(3);
        assertThat(asked("/agent/")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500, 501, 596})
    void anAgentThatFailsByItselfIsAskedOnce(int status) {
        cluster.fault("/agent/|/interfaces", Fault.status(status, "no"));
        Found found = discovery().once();
        assertThat(found.hosts()).hasSize(2);
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(asked("/agent/")).isEqualTo(1);
        assertThat(asked("/interfaces")).isEqualTo(1);
    }

    @Test
    void aConfigThatTimedOutOnTheWayIsAskedOnceMore() {
        cluster.fault("/qemu/101/config", Fault.status(596, "Connection timed out"));
        Found found = discovery().once();
        assertThat(found.errors()).containsExactly("lab/qemu/101 TIMEOUT");
        assertThat(found.message("lab/qemu/101")).isEqualTo("596 Connection timed out");
        assertThat(asked("/qemu/101/config")).isEqualTo(2);
    }

    @Test
    void withoutRetriesEachQuestionIsAskedOnce() {
        cluster.fault("/qemu/101/config", Fault.status(503, "Service Unavailable"), 1);
        Found found = discovery().of("lab", "retries", "0").once();
        assertThat(found.exitCode()).isEqualTo(3);
        assertThat(found.errors()).containsExactly("lab/qemu/101 SERVER_ERROR");
        assertThat(asked("/qemu/101/config")).isEqualTo(1);
    }

    /** The own delay would be longer than the run. */
    @Test
    void theServerSaysWhenItIsBack() {
        cluster.fault("/cluster/resources", Fault.unavailable(Duration.ZERO), 2);
        isComplete(discovery()
                .of("lab", "retry-delay", "1m")
                .with("discovery.run-deadline", "25s")
                .once());
        assertThat(asked("/cluster/resources")).isEqualTo(3);
    }

    @Test
    void nobodyWaitsLongerThanTheRunLasts() {
        cluster.fault("/qemu/101/config", Fault.unavailable(Duration.ofHours(1)));
        Found found = discovery().with("discovery.run-deadline", "20s").once();
        assertThat(found.errors()).containsExactly("lab/qemu/101 SERVER_ERROR");
        assertThat(found.message("lab/qemu/101")).isEqualTo("503 Service Unavailable");
        assertThat(asked("/qemu/101/config")).isEqualTo(1);
    }

    @Test
    void aLoginAtWhichNobodyIsForAMomentIsTriedAgainAndARefusedOneIsNot() {
        cluster.fault("/access/ticket", Fault.status(503, "Service Unavailable"), 2);
        isComplete(alice("open sesame").once());
        assertThat(asked("/access/ticket")).isEqualTo(3);
        cluster.log().clear();
        Found refused = alice("wrong").once();
        assertThat(refused.errors()).containsExactly("lab LOGIN_FAILED");
        assertThat(asked("/access/ticket")).isEqualTo(1);
    }

    private Discovery alice(String password) {
        return Discovery.in(folder)
                .at("lab", cluster.url())
                .of("lab", "fingerprint", cluster.fingerprint())
                .of("lab", "username", "alice@pve")
                .secret("lab", "password", password);
    }
}
