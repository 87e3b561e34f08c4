package io.github.proxmoxdiscovery.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import io.github.proxmoxdiscovery.source.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes is told as it is written down, and a client that was away goes on where it was. */
class EventsTest {

    @TempDir
    private Path folder;

    private static SimulatedGuest.Builder vm(int vmid) {
        return SimulatedGuest.qemu(vmid, "vm-" + vmid)
                .running()
                .config("net0", "virtio=BC:24:11:00:%02X:%02X,bridge=vmbr0".formatted(vmid / 256, vmid % 256));
    }

    @Test
    void listenersAreToldOfWhatChangesAndGoOnWhereTheyWere() throws Exception {
        try (SimulatedCluster cluster = Discovery.cluster().guest(vm(101)).start()) {
            Service service = Service.start(
                    Discovery.of(folder, cluster).with("server.enabled", "true").with("server.port", "0"));
            try (Listener first = Listener.to(service.port(), "")) {
                run(service, 1);
                Map<String, String> discovered = first.next();
                JsonNode event = Listener.data(discovered);
                assertThat(event.path("type").asText()).endsWith(".host.discovered.v1");
                assertThat(event.path("id").asText()).isEqualTo(discovered.get("id"));
                assertThat(event.at("/data/proxmox/name").asText()).isEqualTo("vm-101");

                cluster.change(101, guest -> guest.config("name", "renamed\nid: forged"));
                run(service, 2);
                Map<String, String> updated = first.next();
                assertThat(Listener.data(updated).path("changed").asText()).isEqualTo("hostname,proxmox.name");
                assertThat(Listener.data(updated).at("/data/hostname").asText()).contains("forged");
                assertThat(updated.get("id")).startsWith("lab/qemu/101/net0@");
                goesOn(service, discovered, updated);

                tellsThatThereIsTooMuch(cluster, service, first);
                Listener last = Listener.to(service.port(), "");
                service.close();
                assertThat(last.next()).containsOnlyKeys("end");
                last.close();
            }
        }
    }

    private static void run(Service service, int number) {
        service.pollNow();
        service.awaitRuns("lab", number);
    }

    private static void goesOn(Service service, Map<String, String> discovered, Map<String, String> updated)
            throws IOException {
        try (Listener behind = Listener.to(service.port(), discovered.get("id"))) {
            assertThat(behind.next()).isEqualTo(updated);
        }
        try (Listener unknown = Listener.to(service.port(), "of another time")) {
            assertThat(Listener.data(unknown.next()).path("read").asText()).isEqualTo("/api/hosts");
        }
    }

    private static void tellsThatThereIsTooMuch(SimulatedCluster cluster, Service service, Listener listener)
            throws IOException {
        for (int vmid = 1001; vmid <= 2001; vmid++) {
            cluster.put(vm(vmid));
        }
        run(service, 3);
        assertThat(listener.next()).containsEntry("event", "reset").doesNotContainKey("id");
    }
}
