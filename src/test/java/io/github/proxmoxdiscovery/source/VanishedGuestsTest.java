package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest that is not listed any more is removed when it is gone, and not when it only cannot be seen. */
public class VanishedGuestsTest {

    private static final String NEXT_ID = "/cluster/nextid";

    @TempDir
    private Path folder;

    private static SimulatedCluster cluster(Privileges privileges) {
        return Discovery.cluster()
                .token(Discovery.TOKEN_ID, Discovery.SECRET, privileges)
                .guest(vm(101).pool("shop"))
                .guest(vm(102).pool("shop"))
                .guest(vm(103).pool("shop"))
                .start();
    }

    private static Privileges onPoolOnly() {
        return Privileges.none()
                .on("/", "Sys.Audit")
                .on("/pool/shop", "VM.Audit", "VM.GuestAgent.Audit", "VM.Monitor", "Pool.Audit");
    }

    private Found once(SimulatedCluster cluster) {
        return Discovery.of(folder, cluster).once();
    }

    private static JsonNode removals(Found found) {
        return found.report().path("removals");
    }

    private static long asked(SimulatedCluster cluster) {
        return cluster.log()
                .requests(request -> request.target().contains(NEXT_ID))
                .size();
    }

    @Test
    void aGuestThatIsGoneIsRemovedAfterTwoLooks() {
        try (SimulatedCluster cluster = cluster(Privileges.full())) {
            once(cluster);
            assertThat(asked(cluster)).as("nothing vanished yet").isZero();
            cluster.remove(102);
            Found first = once(cluster);
            assertThat(removals(first).path("missing").asInt()).isEqualTo(1);
            assertThat(first.latest("lab")).containsKey(vmId(102));
            Found second = once(cluster);
            assertThat(removals(second).path("removed").asInt()).isEqualTo(1);
            assertThat(second.latest("lab")).containsOnlyKeys(vmId(101), vmId(103));
            assertThat(asked(cluster)).isEqualTo(2);
        }
    }

    @Test
    void aGuestThatTheTokenMaySeeNoMoreIsKeptHoweverOftenItIsNotListed() throws IOException {
        try (SimulatedCluster cluster = cluster(onPoolOnly())) {
            once(cluster);
            cluster.change(102, guest -> guest.pool("secret"));
            for (int look = 1; look <= 4; look++) {
                Found found = once(cluster);
                assertThat(found.exitCode()).as(found.err()).isZero();
                assertThat(found.latest("lab").get(vmId(102)).toString()).contains("ADDRESSES_STALE");
                assertThat(removals(found).path("held").asInt()).isEqualTo(1);
                assertThat(removals(found).path("reason").asText()).contains("exist, but cannot be seen any more");
                assertThat(found.err()).contains("REMOVALS HELD BACK", "confirm-removals --cluster lab");
            }
            try (Ledger ledger = Ledger.openExisting(folder.resolve("data"), Clock.systemUTC())) {
                assertThat(ledger.held("lab")).containsExactly(vmId(102));
                ledger.confirmRemovals("lab");
            }
            assertThat(once(cluster).latest("lab")).containsOnlyKeys(vmId(101), vmId(103));
        }
    }

    @Test
    void aGuestThatCanBeSeenAgainIsAsItWas() {
        try (SimulatedCluster cluster = cluster(onPoolOnly())) {
            once(cluster);
            cluster.change(102, guest -> guest.pool("secret"));
            once(cluster);
            cluster.change(102, guest -> guest.pool("shop"));
            Found again = once(cluster);
            assertThat(removals(again).path("held").asInt()).isZero();
            JsonNode host = again.latest("lab").get(vmId(102));
            assertThat(host.path("generation").asInt()).isEqualTo(1);
            assertThat(host.toString()).doesNotContain("ADDRESSES_STALE");
        }
    }

    @Test
    void ofSoManyThatNotAllAreAskedForNoneIsRemovedThatOnlyCannotBeSeen() {
        SimulatedCluster.Builder guests = Discovery.cluster()
                .token(Discovery.TOKEN_ID, Discovery.SECRET, onPoolOnly())
                .guest(vm(100).pool("shop"));
        List<Integer> hidden = IntStream.range(1000, 1510).boxed().toList();
        hidden.forEach(vmid -> guests.guest(vm(vmid).pool("shop")));
        try (SimulatedCluster cluster = guests.start()) {
            Discovery lab = Discovery.of(folder, cluster).with("discovery.removal.max-percent", "100");
            lab.once();
            hidden.forEach(vmid -> cluster.change(vmid, guest -> guest.pool("secret")));
            lab.once();
            Found third = lab.once();
            assertThat(removals(third).path("removed").asInt()).isZero();
            assertThat(third.latest("lab")).hasSize(511);
        }
    }

    @Test
    void aLookAtWhichItCouldNotBeAskedDoesNotCount() {
        try (SimulatedCluster cluster = cluster(Privileges.full())) {
            once(cluster);
            cluster.remove(102);
            cluster.fault(NEXT_ID, Fault.status(500, "unable to read the list"));
            for (int look = 1; look <= 3; look++) {
                assertThat(once(cluster).latest("lab")).containsKey(vmId(102));
            }
            cluster.clearFaults();
            assertThat(once(cluster).latest("lab")).containsKey(vmId(102));
            assertThat(once(cluster).latest("lab")).containsOnlyKeys(vmId(101), vmId(103));
        }
    }

    @Test
    void whereItCannotBeAskedTheOtherRulesStandAlone() {
        try (SimulatedCluster cluster = cluster(Privileges.full())) {
            once(cluster);
            cluster.remove(102);
            cluster.fault(NEXT_ID, Fault.status(501, "Method 'GET /cluster/nextid' not implemented"));
            Found first = once(cluster);
            assertThat(first.exitCode()).as(first.err()).isZero();
            assertThat(once(cluster).latest("lab")).containsOnlyKeys(vmId(101), vmId(103));
        }
    }
}
