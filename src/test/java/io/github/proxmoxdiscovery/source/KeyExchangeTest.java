package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.CertificateKind;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handshakes offer the quickest key exchange first; a server that does not know it is still read. */
public class KeyExchangeTest {

    @TempDir
    private Path folder;

    @Test
    void aServerThatKnowsOnlyAnotherOneIsRead() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .withoutX25519()
                .guest(vm(101))
                .guest(vm(102))
                .start()) {
            Found found = Discovery.of(folder, cluster).once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).containsOnlyKeys(vmId(101), vmId(102));
        }
    }

    @Test
    void aServerWithACertificateOfAnEllipticCurveIsReadToo() {
        try (SimulatedCluster cluster =
                Discovery.cluster().guest(vm(101)).guest(vm(102)).start()) {
            cluster.show(CertificateKind.OF_AN_ELLIPTIC_CURVE);
            Found found = Discovery.of(folder, cluster).once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts()).containsOnlyKeys(vmId(101), vmId(102));
        }
    }
}
