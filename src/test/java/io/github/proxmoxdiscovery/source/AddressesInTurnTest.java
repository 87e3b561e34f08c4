package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster with several addresses is read at the first one that can be reached, and stays with it. */
public class AddressesInTurnTest {

    @TempDir
    private Path folder;

    /** An address at which nobody listens. */
    private static String dead() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "https://127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static SimulatedCluster cluster() {
        return Discovery.cluster()
                .user("alice@pve", "open sesame", Privileges.full())
                .guest(vm(101))
                .guest(vm(102))
                .start();
    }

    private Discovery at(SimulatedCluster cluster, String... urls) {
        return Discovery.of(folder, cluster).of("lab", "url", String.join(",", urls));
    }

    @Test
    void theNextOneIsAskedWhenNobodyListens() throws IOException {
        try (SimulatedCluster cluster = cluster()) {
            String first = dead();
            Found found = at(cluster, first, dead(), cluster.url()).once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.errors()).isEmpty();
            assertThat(found.hosts()).containsOnlyKeys(vmId(101), vmId(102));
            assertThat(found.log())
                    .filteredOn(line -> line.contains("WARN"))
                    .singleElement()
                    .asString()
                    .contains("lab: read at " + cluster.url() + " instead: " + first);
        }
    }

    @Test
    void theNextOneIsAskedWhenTheCertificateIsAnother() {
        try (SimulatedCluster cluster = cluster();
                SimulatedCluster other = Discovery.cluster().freshCertificate().start()) {
            Found found = at(cluster, other.url(), cluster.url()).once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).hasSize(2);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void theLoginWithAPasswordIsThereAsWell() throws IOException {
        try (SimulatedCluster cluster = cluster()) {
            Found found = Discovery.in(folder)
                    .at("lab", dead() + "," + cluster.url())
                    .of("lab", "fingerprint", cluster.fingerprint())
                    .of("lab", "username", "alice@pve")
                    .secret("lab", "password", "open sesame")
                    .once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).hasSize(2);
        }
    }

    @Test
    void anAnswerIsAnAnswerWhateverItSays() {
        for (int status : new int[] {401, 403, 500, 595}) {
            try (SimulatedCluster first = cluster();
                    SimulatedCluster second = cluster()) {
                first.fault("/nodes$", Fault.status(status, "no"));
                Found found = at(first, first.url(), second.url()).once();
                assertThat(found.exitCode()).as(found.err()).isEqualTo(4);
                assertThat(second.requests()).isEmpty();
            }
        }
    }

    @Test
    void whenNoneWorksTheReasonIsThatOfTheFirstAndTheMessageNamesThemAll() throws IOException {
        try (SimulatedCluster cluster = cluster();
                SimulatedCluster other = Discovery.cluster().freshCertificate().start()) {
            String[] dead = {dead(), dead()};
            Found found = at(cluster, dead[0], other.url(), dead[1]).once();
            assertThat(found.exitCode()).as(found.err()).isEqualTo(4);
            assertThat(found.errors()).containsExactly("lab UNREACHABLE");
            assertThat(found.message("lab")).contains(dead[0], dead[1], other.url());
        }
    }

    @Test
    void theOneThatWorkedIsKeptUntilItFailsAtTheStartOfARun() throws IOException {
        SimulatedCluster first = cluster();
        try (first;
                SimulatedCluster second = cluster();
                Service service = Service.start(at(first, first.url(), second.url()))) {
            service.pollNow();
            assertThat(service.awaitRuns("lab", 1).hosts()).hasSize(2);
            assertThat(second.requests()).isEmpty();

            first.fault(".", Fault.reset());
            service.pollNow();
            assertThat(service.awaitRuns("lab", 2).hosts()).hasSize(2);
            assertThat(second.requests()).isNotEmpty();

            first.clearFaults();
            first.log().clear();
            service.pollNow();
            assertThat(service.awaitRuns("lab", 3).hosts()).hasSize(2);
            assertThat(first.requests()).isEmpty();

            second.fault(".", Fault.reset());
            service.pollNow();
            assertThat(service.awaitRuns("lab", 4).hosts()).hasSize(2);
            assertThat(first.requests()).isNotEmpty();
        }
    }
}
