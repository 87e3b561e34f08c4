package io.github.proxmoxdiscovery.run;

import static io.github.proxmoxdiscovery.run.Guests.guest;
import static io.github.proxmoxdiscovery.run.Guests.guests;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.Node;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ClusterRunTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T12:00:00.123Z"), ZoneOffset.UTC);
    private static final String MAC = "bc:24:11:00:00:01";

    private final ClusterRun run = new ClusterRun("lab", CLOCK);

    private enum Outcome {
        READ,
        SKIPPED,
        FAILED,
        FAILED_WITH_NODE,
        NOTHING;

        void happenTo(ClusterRun run, Guest guest) {
            switch (this) {
                case READ -> run.read(guest);
                case SKIPPED -> run.filtered(guest);
                case FAILED -> run.failed(guest, Reason.TIMEOUT, "x");
                case FAILED_WITH_NODE -> run.failedWithNode(guest, "x");
                case NOTHING -> {}
            }
        }
    }

    @Test
    void aRunInWhichEverythingWasReadIsComplete() throws JsonProcessingException {
        online("pve1", "pve2");
        List<Guest> all = guests("pve1", 100, 2);
        all.forEach(run::listed);
        run.read(all.get(0));
        run.keep(all.get(1), host("lab/qemu/101/net0", MAC));
        run.read(all.get(1));
        run.close();

        JsonNode report = balanced();
        assertThat(report.path("complete").booleanValue()).isTrue();
        assertThat(report.path("guests").intValue()).isEqualTo(2);
        assertThat(report.path("read").intValue()).isEqualTo(2);
        assertThat(report.path("hosts").intValue()).isEqualTo(1);
        assertThat(report.path("nodes").findValuesAsText("node")).containsExactly("pve1", "pve2");
        assertThat(report.path("errors")).isEmpty();
    }

    @Test
    void everyGuestEndsInOneOfReadSkippedAndFailedWhateverHappensInWhichOrder() throws JsonProcessingException {
        for (Outcome first : Outcome.values()) {
            for (Outcome second : Outcome.values()) {
                for (Outcome third : Outcome.values()) {
                    ClusterRun each = new ClusterRun("lab", CLOCK);
                    List<Guest> all = List.of(guest(100, "pve1"), guest(101, "pve1"), guest(102, "pve2"));
                    all.forEach(each::listed);
                    first.happenTo(each, all.get(0));
                    second.happenTo(each, all.get(1));
                    second.happenTo(each, all.get(2));
                    third.happenTo(each, all.get(0));
                    third.happenTo(each, all.get(2));
                    each.close();
                    assertThat(balanced(each).path("guests").intValue()).isEqualTo(3);
                }
            }
        }
    }

    @Test
    void whatHappensFirstToAGuestCounts() throws JsonProcessingException {
        Guest guest = guest(100, "pve1");
        run.listed(guest);
        run.failed(guest, Reason.TIMEOUT, "too late");
        run.read(guest);
        run.filtered(guest);
        run.close();
        assertThat(balanced().path("failed").intValue()).isEqualTo(1);
        assertThat(balanced().path("errors")).hasSize(1);
    }

    @Test
    void aGuestThatIsListedTwiceIsOneGuest() throws JsonProcessingException {
        run.listed(guest(100, "pve1"));
        run.listed(guest(100, "pve1"));
        run.read(guest(100, "pve1"));
        run.close();
        assertThat(balanced().path("guests").intValue()).isEqualTo(1);
    }

    @Test
    void aGuestThatNobodyListedIsNotCounted() throws JsonProcessingException {
        run.read(guest(100, "pve1"));
        run.close();
        assertThat(balanced().path("guests").intValue()).isZero();
    }

    @Test
    void whatNobodyAccountedForIsFailedWhenTheRunIsClosed() throws JsonProcessingException {
        guests("pve1", 100, 2).forEach(run::listed);
        run.read(guest(100, "pve1"));
        run.close();
        JsonNode report = balanced();
        assertThat(report.path("failed").intValue()).isEqualTo(1);
        assertThat(report.path("complete").booleanValue()).isFalse();
        assertThat(report.at("/errors/0/where").asText()).isEqualTo("lab/qemu/101");
        assertThat(report.at("/errors/0/reason").asText()).isEqualTo("DEADLINE");
        assertThat(report.at("/nodes/0/reason").asText()).isEqualTo("DEADLINE");
    }

    @Test
    void aFailureOfTheClusterIsThatOfEveryGuestStillOpen() throws JsonProcessingException {
        guests("pve1", 100, 2).forEach(run::listed);
        run.read(guest(100, "pve1"));
        run.failed(Reason.LOGIN_FAILED, "401 Authentication failed!");
        run.failed(Reason.UNREACHABLE, "only the first one counts");
        run.close();
        JsonNode report = balanced();
        assertThat(report.path("complete").booleanValue()).isFalse();
        assertThat(report.at("/errors/0/where").asText()).isEqualTo("lab");
        assertThat(report.at("/errors/0/reason").asText()).isEqualTo("LOGIN_FAILED");
        assertThat(report.at("/errors/1/where").asText()).isEqualTo("lab/qemu/101");
        assertThat(report.at("/errors/1/reason").asText()).isEqualTo("LOGIN_FAILED");
        assertThat(run.clusterFailure().orElseThrow().message()).isEqualTo("401 Authentication failed!");
    }

    @Test
    void aClusterOfWhichNothingCouldBeListedHasAReportToo() throws JsonProcessingException {
        run.failed(Reason.UNREACHABLE, "connection refused");
        run.close();
        JsonNode report = balanced();
        assertThat(report.path("complete").booleanValue()).isFalse();
        assertThat(report.path("nodes")).isEmpty();
        assertThat(report.path("errors")).hasSize(1);
    }

    @Test
    void theGuestsOfAnOfflineNodeFailAndTheNodeSaysSoOnce() throws JsonProcessingException {
        run.nodes(List.of(new Node("pve1", Node.Status.ONLINE), new Node("pve2", Node.Status.OFFLINE)));
        List<Guest> away = guests("pve2", 200, 3);
        away.forEach(run::listed);
        away.forEach(guest -> run.failedWithNode(guest, "its node is offline"));
        run.close();
        JsonNode report = balanced();
        assertThat(run.isOffline("pve2")).isTrue();
        assertThat(run.isOffline("pve1")).isFalse();
        assertThat(run.isOffline("pve9")).isFalse();
        assertThat(report.path("complete").booleanValue()).isFalse();
        assertThat(report.at("/nodes/0/status").asText()).isEqualTo("ok");
        assertThat(report.at("/nodes/1/status").asText()).isEqualTo("offline");
        assertThat(report.at("/nodes/1/reason").asText()).isEqualTo("NODE_OFFLINE");
        assertThat(report.at("/nodes/1/failed").intValue()).isEqualTo(3);
        assertThat(report.path("errors")).hasSize(1);
        assertThat(report.at("/errors/0/where").asText()).isEqualTo("lab/pve2");
    }

    @Test
    void anOfflineNodeWithoutGuestsMakesARunIncompleteToo() {
        run.nodes(List.of(new Node("pve1", Node.Status.OFFLINE)));
        run.close();
        assertThat(run.isComplete()).isFalse();
    }

    @Test
    void aNodeOfUnknownStatusIsNotOffline() {
        run.nodes(List.of(new Node("pve1", Node.Status.UNKNOWN)));
        run.close();
        assertThat(run.isComplete()).isTrue();
    }

    @Test
    void aNodeThatFailsMeanwhileSaysSoOnce() throws JsonProcessingException {
        online("pve1");
        List<Guest> all = guests("pve1", 100, 3);
        all.forEach(run::listed);
        all.forEach(guest -> run.failedWithNode(guest, "595 Connection refused"));
        run.close();
        JsonNode report = balanced();
        assertThat(report.path("errors")).hasSize(1);
        assertThat(report.at("/nodes/0/status").asText()).isEqualTo("failed");
        assertThat(report.at("/nodes/0/reason").asText()).isEqualTo("NODE_OFFLINE");
    }

    @Test
    void aGuestThatMovedIsAccountedForByItsNewNode() throws JsonProcessingException {
        online("pve1", "pve2");
        run.listed(guest(100, "pve1"));
        run.listed(guest(101, "pve1"));
        run.moved(guest(100, "pve2"));
        run.moved(guest(101, "pve2"));
        run.moved(guest(555, "pve2"));
        run.keep(guest(100, "pve2"), host("lab/qemu/100/net0", MAC));
        run.read(guest(100, "pve2"));
        // Who still has the guest as it was listed means the same one.
        run.failed(guest(101, "pve1"), Reason.TIMEOUT, "x");
        run.close();
        JsonNode report = balanced();
        assertThat(report.at("/nodes/0/guests").intValue()).isZero();
        assertThat(report.at("/nodes/1/guests").intValue()).isEqualTo(2);
        assertThat(report.at("/nodes/1/hosts").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aNoteMakesARunIncompleteIfItsReasonDoes(Reason reason) {
        boolean leavesItComplete = switch (reason) {
            case UNREACHABLE,
                    TLS_FAILED,
                    LOGIN_FAILED,
                    PRIVILEGE_MISSING,
                    OTHER_CLUSTER,
                    NODE_OFFLINE,
                    FORBIDDEN,
                    TIMEOUT,
                    SERVER_ERROR,
                    BAD_REPLY,
                    TOO_LARGE,
                    DEADLINE -> false;
            default -> true;
        };
        run.note("lab", reason, "x");
        run.close();
        assertThat(run.isComplete()).isEqualTo(leavesItComplete);
    }

    @Test
    void aSkippedGuestLeavesARunComplete() {
        run.listed(guest(100, "pve1"));
        run.filtered(guest(100, "pve1"));
        run.close();
        assertThat(run.isComplete()).isTrue();
    }

    @Test
    void aMacThatTwoHostsHaveIsNotedOnBothAndReportedOnce() throws JsonProcessingException {
        guests("pve1", 100, 2).forEach(run::listed);
        run.keep(guest(100, "pve1"), host("lab/qemu/100/net0", MAC));
        run.keep(guest(101, "pve1"), host("lab/qemu/101/net0", MAC));
        guests("pve1", 100, 2).forEach(run::read);
        run.close();
        run.close();
        assertThat(run.hosts())
                .extracting(KeptHost::json)
                .allMatch(json -> json.endsWith("{\"notes\":[\"DUPLICATE_MAC\"]}}"));
        assertThat(run.isComplete()).isTrue();
        assertThat(balanced().path("errors")).hasSize(1);
    }

    @Test
    void whatComesWhenTheRunIsClosedIsTooLate() throws JsonProcessingException {
        Guest slow = guest(100, "pve1");
        run.listed(slow);
        run.close();
        run.keep(slow, host("lab/qemu/100/net0", MAC));
        run.read(slow);
        assertThat(run.hosts()).isEmpty();
        JsonNode report = balanced();
        assertThat(report.path("read").intValue()).isZero();
        assertThat(report.at("/nodes/0/hosts").intValue()).isZero();
    }

    @Test
    void aFailureOfTheClusterStopsTheReading() {
        run.getReading().add(guests("pve1", 100, 5));
        Iterator<Guest> lane = run.getReading().lanes(4, 1).get(0);
        run.failed(Reason.LOGIN_FAILED, "x");
        assertThat(lane.hasNext()).isFalse();
        assertThat(run.getReading().isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAbandonedRunReadsNoMore(boolean before) {
        run.getReading().add(guests("pve1", 100, 5));
        if (before) {
            run.abandon();
        }
        Iterator<Guest> lane = run.getReading().lanes(4, 1).get(0);
        if (!before) {
            run.abandon();
        }
        assertThat(run.isAbandoned()).isTrue();
        assertThat(lane.hasNext()).isFalse();
    }

    @Test
    void remembersNodesThatCannotAskContainers() {
        run.hasNoInterfacesCall("pve1");
        assertThat(run.knowsNoInterfacesCall("pve1")).isTrue();
        assertThat(run.knowsNoInterfacesCall("pve2")).isFalse();
    }

    @Test
    void remembersThatPoolsAreUnknown() {
        assertThat(run.hasUnknownPools()).isFalse();
        run.poolsAreUnknown();
        assertThat(run.hasUnknownPools()).isTrue();
    }

    /** A reader that is slower than the deadline closes at the same time as the run: nothing is counted twice or lost. */
    @RepeatedTest(50)
    void theBalanceHoldsAtEveryMomentAfterTheRunIsClosed() throws Exception {
        List<Guest> all = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            all.addAll(guests("pve" + node, 1000L * (node + 1), 100));
        }
        all.forEach(run::listed);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int mine = thread;
                readers.add(threads.submit(() -> {
                    start.await();
                    for (int i = mine; i < all.size(); i += 3) {
                        Guest guest = all.get(i);
                        run.keep(guest, host("lab/qemu/" + guest.vmid() + "/net0", ""));
                        Outcome.values()[i % 4].happenTo(run, guest);
                    }
                    return null;
                }));
            }
            start.countDown();
            run.close();
            assertThat(balanced().path("guests").intValue()).isEqualTo(400);
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(balanced().path("guests").intValue()).isEqualTo(400);
        } finally {
            threads.shutdown();
        }
    }

    private void online(String... names) {
        for (String name : names) {
            run.nodes(List.of(new Node(name, Node.Status.ONLINE)));
        }
    }

    private static KeptHost host(String id, String mac) {
        return new KeptHost(id, mac, "{\"id\":\"" + id + "\",\"proxmox\":{\"notes\":[]}}", "qemu/100", null);
    }

    private JsonNode balanced() throws JsonProcessingException {
        return balanced(run);
    }

    private static JsonNode balanced(ClusterRun run) throws JsonProcessingException {
        String json = run.report(Map.of("file", 2L)).toJson();
        MessageSchema.validateReport(json);
        JsonNode report = JSON.readTree(json);
        int guests = 0;
        int hosts = 0;
        for (JsonNode node : report.path("nodes")) {
            assertBalance(node);
            guests += node.path("guests").intValue();
            hosts += node.path("hosts").intValue();
        }
        assertBalance(report);
        assertThat(report.path("guests").intValue()).isEqualTo(guests);
        assertThat(report.path("hosts").intValue())
                .isEqualTo(hosts)
                .isEqualTo(run.hosts().size());
        return report;
    }

    private static void assertBalance(JsonNode counts) {
        assertThat(counts.path("guests").intValue())
                .isEqualTo(counts.path("read").intValue()
                        + counts.path("skipped").intValue()
                        + counts.path("failed").intValue());
    }
}
