package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.container;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.RecordedRequest;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between two full runs, a quick one asks for the list and reads what changed, and costs what changed. */
public class QuickRunsTest {

    private static final String LIST = "/api2/json/cluster/resources?type=vm";

    @TempDir
    private Path folder;

    private SimulatedCluster cluster;
    private Service service;

    @BeforeEach
    void afterOneFullRun() throws IOException {
        cluster = Discovery.cluster()
                .guest(vm(101))
                .guest(vm(102))
                .guest(container(201))
                .start();
        service = Service.start(Discovery.of(folder, cluster));
        service.pollNow();
        assertThat(service.awaitRuns("lab", 1).hosts()).hasSize(3);
        service.awaitIdle("lab");
        cluster.log().clear();
    }

    @AfterEach
    void close() {
        service.close();
        cluster.close();
    }

    private List<String> asked() {
        return cluster.requests().stream().map(RecordedRequest::target).toList();
    }

    private Found quick(int reports) throws IOException {
        service.pollQuickly("lab");
        return service.awaitRuns("lab", reports);
    }

    @Test
    void whenNothingChangedItAsksOneQuestionAndSaysNothing() throws IOException {
        service.pollQuickly("lab");
        assertThat(asked()).containsExactly(LIST);
        assertThat(service.reports("lab")).isEqualTo(1);
    }

    @Test
    void aGuestThatIsNewIsReadAndNoOther() throws IOException {
        cluster.put(vm(103));
        Found found = quick(2);
        assertThat(found.report().path("kind").asText()).isEqualTo("quick");
        assertThat(found.report().path("guests").asInt()).isEqualTo(1);
        assertThat(found.report().path("complete").asBoolean()).isTrue();
        assertThat(found.hosts()).containsOnlyKeys(vmId(103));
        assertThat(found.latest("lab"))
                .as("with those of the full run")
                .hasSize(4)
                .containsKey(vmId(103));
        assertThat(found.latest("lab").toString()).doesNotContain("ADDRESSES_STALE");
        assertThat(asked()).hasSize(3).noneMatch(target -> target.contains("/101") || target.contains("/102"));
    }

    @Test
    void eachKindOfChangeHasItsGuestReadOnce() throws IOException {
        cluster.migrate(101, "pve2");
        cluster.change(102, guest -> guest.tags("new"));
        assertThat(quick(2).hosts()).containsOnlyKeys(vmId(101), vmId(102));
        cluster.change(101, guest -> guest.config("name", "renamed"));
        assertThat(quick(3).hosts()).containsOnlyKeys(vmId(101));
        cluster.change(102, guest -> guest.stopped());
        assertThat(quick(4).host(vmId(102)).at("/proxmox/status").asText()).isEqualTo("stopped");
        cluster.change(102, guest -> guest.running());
        assertThat(quick(5).host(vmId(102)).at("/proxmox/status").asText()).isEqualTo("running");
        cluster.log().clear();
        service.pollQuickly("lab");
        assertThat(asked()).containsExactly(LIST);
    }

    @Test
    void aGuestThatIsGoneIsToldOnce() throws IOException {
        cluster.remove(102);
        Found found = quick(2);
        assertThat(found.errors()).containsExactly("lab/qemu/102 GONE");
        assertThat(found.report().path("skipped").asInt()).isEqualTo(1);
        service.pollQuickly("lab");
        assertThat(service.reports("lab")).isEqualTo(2);
    }

    @Test
    void guestsThatAreHiddenAreNotGone() throws IOException {
        cluster.grant(Discovery.TOKEN_ID, Privileges.none());
        Found found = quick(2);
        assertThat(found.errors()).containsExactly("lab PRIVILEGE_MISSING");
        assertThat(found.report().path("complete").asBoolean()).isFalse();
        cluster.grant(Discovery.TOKEN_ID, Privileges.full());
        service.pollQuickly("lab");
        assertThat(service.reports("lab")).as("nothing had changed").isEqualTo(2);
    }

    @Test
    void guestsThatAreHiddenInPartAreNotGone() throws IOException {
        cluster.grant(
                Discovery.TOKEN_ID, Privileges.none().on("/vms/101", "VM.Audit").on("/vms/201", "VM.Audit"));
        Found found = quick(2);
        assertThat(found.errors()).contains("lab PRIVILEGE_MISSING").doesNotContain("lab/qemu/102 GONE");
        assertThat(found.report().path("complete").asBoolean()).isFalse();
        cluster.grant(Discovery.TOKEN_ID, Privileges.full());
        service.pollQuickly("lab");
        assertThat(asked()).as("nothing had changed").endsWith(LIST);
    }

    @Test
    void aPoolThatMayNotBeSeenAnyMoreIsUnknownAndNotLeft() throws IOException {
        cluster.change(102, guest -> guest.pool("shop"));
        assertThat(quick(2).host(vmId(102)).at("/proxmox/pool").asText()).isEqualTo("shop");
        cluster.grant(Discovery.TOKEN_ID, Privileges.none().on("/vms", "VM.Audit", "VM.GuestAgent.Audit"));
        Found found = quick(3);
        assertThat(Found.texts(found.host(vmId(102)).at("/proxmox/notes"))).contains("POOL_UNKNOWN");
        cluster.change(102, guest -> guest.tags("changed"));
        Found later = quick(4);
        assertThat(Found.texts(later.host(vmId(102)).at("/proxmox/notes"))).contains("POOL_UNKNOWN");
    }

    @Test
    void aClusterThatCannotBeReadIsSaidOnceAndNotEveryMinute() throws IOException {
        cluster.fault(".", Fault.status(500, "no"));
        assertThat(quick(2).report().path("complete").asBoolean()).isFalse();
        service.pollQuickly("lab");
        assertThat(service.reports("lab")).isEqualTo(2);
        service.pollNow();
        service.awaitRuns("lab", 3);
    }

    @Test
    void aMacThatAGuestOutsideOfTheRunHasIsADuplicateAsInAFullRun() throws IOException {
        cluster.change(
                102,
                guest -> guest.config("net0", "virtio=" + SampleGuests.mac(101) + ",bridge=vmbr0")
                        .tags("changed"));
        Found found = quick(2);
        assertThat(Found.texts(found.host(vmId(102)).at("/proxmox/notes"))).contains("DUPLICATE_MAC");
    }
}
