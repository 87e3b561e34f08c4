package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.AgentState;
import io.github.proxmoxdiscovery.sim.RecordedRequest;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead agent is left alone from run to run and from process to process, and its addresses are kept as old ones. */
public class DeadAgentsTest {

    @TempDir
    private Path folder;

    private static int asked(SimulatedCluster cluster) {
        return cluster.log().requests(RecordedRequest::isGuestCall).size();
    }

    private static List<String> notes(Found found) {
        return Found.texts(found.host(vmId(101)).at("/proxmox/notes"));
    }

    private static List<String> addresses(Found found) {
        return Found.texts(found.host(vmId(101)).path("ip_addresses"));
    }

    @Test
    void oneThatDiedIsAskedOnceItsAddressesStayAndARestartHasItAskedAgain() {
        try (SimulatedCluster cluster = Discovery.cluster().guest(vm(101)).start()) {
            Discovery discovery = Discovery.of(folder, cluster);
            Found alive = discovery.once();
            assertThat(notes(alive)).isEmpty();
            assertThat(addresses(alive)).containsExactly("10.0.1.1");
            assertThat(folder.resolve("data/agents/lab.ndjson")).exists();

            cluster.change(101, guest -> guest.agent(AgentState.dead()));
            Found died = discovery.once();
            assertThat(notes(died)).containsExactlyInAnyOrder("AGENT_SILENT", "ADDRESSES_STALE");
            assertThat(addresses(died)).containsExactly("10.0.1.1");
            assertThat(died.exitCode()).isZero();
            assertThat(asked(cluster)).isEqualTo(2);

            Found leftAlone = discovery.once();
            assertThat(notes(leftAlone)).contains("AGENT_BACKOFF", "ADDRESSES_STALE");
            assertThat(addresses(leftAlone)).containsExactly("10.0.1.1");
            assertThat(leftAlone.report().path("complete").asBoolean()).isTrue();
            assertThat(asked(cluster)).isEqualTo(2);

            cluster.change(101, guest -> guest.agent(AgentState.ok()));
            cluster.restart(101);
            Found again = discovery.once();
            assertThat(notes(again)).isEmpty();
            assertThat(asked(cluster)).isEqualTo(3);
        }
    }

    @Test
    void anotherGuestWithTheNumberOfOneThatIsGoneInheritsNothing() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(vm(101).config("smbios1", "uuid=2f3c1c8e-0000-4000-8000-000000000001"))
                .start()) {
            Discovery discovery = Discovery.of(folder, cluster);
            discovery.once();
            cluster.remove(101);
            cluster.put(plainVm(101)
                    .config("smbios1", "uuid=2f3c1c8e-0000-4000-8000-000000000002")
                    .agent(AgentState.dead())
                    .config("agent", "1"));
            Found found = discovery.once();
            assertThat(addresses(found)).isEmpty();
            assertThat(notes(found)).containsExactly("AGENT_SILENT");
        }
    }

    @Test
    void aMemoryThatMakesNoSenseIsMovedAsideAndTheRunGoesOn() throws IOException {
        try (SimulatedCluster cluster = Discovery.cluster().guest(vm(101)).start()) {
            Path file = folder.resolve("data/agents/lab.ndjson");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "nonsense");
            Found found = Discovery.of(folder, cluster).once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(addresses(found)).containsExactly("10.0.1.1");
            assertThat(found.log()).anySatisfy(line -> assertThat(line).contains("WARN", "makes no sense"));
            assertThat(file).exists();
        }
    }

    @Test
    void ofManyWhoseTimeHasComeARunAsksTwoOnANode() throws IOException {
        SimulatedCluster.Builder plan = Discovery.cluster();
        for (int vmid = 101; vmid <= 106; vmid++) {
            plan.guest(vm(vmid).agent(AgentState.dead()));
        }
        try (SimulatedCluster cluster = plan.start()) {
            Discovery discovery = Discovery.of(folder, cluster);
            discovery.once();
            assertThat(asked(cluster)).isEqualTo(6);

            Path memory = folder.resolve("data/agents/lab.ndjson");
            String text = Files.readString(memory);
            String anHourAgo = "\"at\":\"" + Instant.now().minus(Duration.ofHours(1)) + "\"";
            Files.writeString(memory, text.replaceAll("\"at\":\"[^\"]+\"", anHourAgo));
            Found found = discovery.once();

            assertThat(asked(cluster)).isEqualTo(6 + 2);
            assertThat(found.errors())
                    .filteredOn(error -> error.endsWith(" AGENT_BACKOFF"))
                    .hasSize(4);
            assertThat(found.exitCode()).as(found.err()).isZero();
        }
    }
}
