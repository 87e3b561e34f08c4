package io.github.proxmoxdiscovery.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sink that wants changes is told, and when a host counts as gone. */
class LedgerTest {

    private static final TestHost A = TestHost.of(101);
    private static final TestHost B = TestHost.of(102);

    @TempDir
    private Path folder;

    private TestLedger lab;

    @BeforeEach
    void open() throws LedgerException {
        lab = new TestLedger(folder);
    }

    @AfterEach
    void close() throws LedgerException {
        lab.close();
    }

    private List<String> told() throws LedgerException {
        return lab.told("cmdb");
    }

    /** So many hosts, of which a sink knows. */
    private List<TestHost> known(int count) throws LedgerException {
        List<TestHost> hosts =
                IntStream.range(0, count).mapToObj(i -> TestHost.of(100 + i)).toList();
        lab.full(hosts);
        told();
        return hosts;
    }

    @Test
    void aNewHostIsDiscoveredAndThenThereIsNothingToTell() throws LedgerException {
        lab.full(A, B);
        assertThat(told()).containsExactly("discovered lab/qemu/101/net0 1.1", "discovered lab/qemu/102/net0 1.1");
        assertThat(told()).isEmpty();
        lab.full(A, B);
        assertThat(told()).isEmpty();
    }

    @Test
    void aChangeIsToldWithItsPathsAndWhatWasThere() throws LedgerException {
        known(1);
        TestHost host = TestHost.of(100);
        lab.full(host.named("shop").on("pve2"));
        Event event = lab.offered("cmdb").get(0);
        assertThat(event.type()).isEqualTo(EventType.UPDATED);
        assertThat(event.key()).isEqualTo("1.2");
        assertThat(event.changed()).containsExactly("hostname", "proxmox.name", "proxmox.node");
        assertThat(event.previous())
                .isEqualTo("{\"hostname\":\"web100\",\"proxmox.name\":\"web100\",\"proxmox.node\":\"pve1\"}");
        assertThat(event.body()).contains("\"generation\":1,\"revision\":2", "\"hostname\":\"shop\"");
    }

    @Test
    void theTimeTheRunAndTheOrderOfTheAddressesAreNoChange() throws LedgerException {
        lab.full(A.at("10.0.0.1", "10.0.0.2"));
        told();
        lab.clock.wait(Duration.ofMinutes(5));
        lab.full(A.at("10.0.0.2", "10.0.0.1"));
        assertThat(told()).isEmpty();
    }

    @Test
    void anAgentThatFallsSilentAndAPoolThatMustNotBeSeenAreNoChange() throws LedgerException {
        known(1);
        TestHost host = TestHost.of(100);
        lab.full(host.agent("silent").poolUnknown());
        assertThat(told()).isEmpty();
        lab.full(host.agent("silent").named("shop"));
        assertThat(lab.offered("cmdb").get(0).changed()).containsExactly("hostname", "proxmox.name");
        assertThat(lab.offered("cmdb").get(0).body()).contains("\"ip_addresses\":[\"10.0.0.100\"]");
    }

    @Test
    void anAgentThatIsSilentWhenTheGuestIsWantedAgainIsNoChange() throws LedgerException {
        lab.full(A);
        SinkLedger sink = lab.ledger.sink("dns", false, false, lab.changes);
        TestLedger.taken(sink);
        lab.excluded = Set.of(A.guest());
        lab.full();
        lab.excluded = Set.of();
        lab.full(A.agent("silent"));
        assertThat(TestLedger.taken(sink)).isEmpty();
    }

    @Test
    void whatIsIgnoredFromNowOnIsNoChange() throws LedgerException {
        known(1);
        TestHost host = TestHost.of(100);
        List<String> more = new ArrayList<>(TestHost.IGNORED);
        more.add("proxmox.node");
        lab.changes = new ChangeRules(more);
        lab.full(host.on("pve2"));
        assertThat(told()).isEmpty();
        lab.full(host.on("pve3"));
        assertThat(told()).isEmpty();
        lab.full(host.named("shop"));
        assertThat(told()).containsExactly("updated lab/qemu/100/net0 1.2");
    }

    @Test
    void anotherGuestUnderTheNumberIsAnotherGenerationAfterTheEndOfTheOld() throws LedgerException {
        known(1);
        lab.full(TestHost.of(100).ofGuest("another"));
        List<Event> first = lab.offered("cmdb");
        assertThat(TestLedger.texts(first)).containsExactly("removed lab/qemu/100/net0 1.2 guest_replaced");
        assertThat(first.get(0).body()).contains("uuid-100", "\"generation\":1,\"revision\":2");
        assertThat(told())
                .containsExactly("removed lab/qemu/100/net0 1.2 guest_replaced", "discovered lab/qemu/100/net0 2.3");
    }

    @Test
    void ofManyGuestsUnderANumberOnlyTheOneThatTheSinkHasEnds() throws LedgerException {
        known(1);
        TestHost host = TestHost.of(100);
        lab.full(host.ofGuest("second"));
        lab.full(host.ofGuest("third"));
        assertThat(told())
                .containsExactly("removed lab/qemu/100/net0 1.2 guest_replaced", "discovered lab/qemu/100/net0 3.5");
        assertThat(lab.told("new sink")).containsExactly("discovered lab/qemu/100/net0 3.5");
    }

    @Test
    void aGuestWithoutUuidIsTheOneBefore() throws LedgerException {
        known(1);
        lab.full(TestHost.of(100).ofGuest(null).named("x"));
        assertThat(told()).containsExactly("updated lab/qemu/100/net0 1.2");
    }

    @Test
    void aHostIsRemovedWhenTwoCompleteFullRunsInARowDoNotFindIt() throws LedgerException {
        known(2);
        lab.full(TestHost.of(100));
        assertThat(told()).isEmpty();
        lab.full(TestHost.of(100));
        assertThat(told()).containsExactly("removed lab/qemu/101/net0 1.2 guest_gone");
        lab.full(TestHost.of(100));
        assertThat(told()).isEmpty();
    }

    @Test
    void anInterfaceThatIsTakenOutOfAGuestIsSaidToBe() throws LedgerException {
        lab.full(A, TestHost.of(101, 1));
        told();
        lab.full(A);
        lab.full(A);
        assertThat(told()).containsExactly("removed lab/qemu/101/net1 1.2 interface_gone");
    }

    @Test
    void anIncompleteRunStartsTheCountAnew() throws LedgerException {
        known(2);
        lab.full(TestHost.of(100));
        lab.incomplete(TestHost.of(100));
        lab.full(TestHost.of(100));
        assertThat(told()).isEmpty();
        lab.full(TestHost.of(100));
        assertThat(told()).hasSize(1);
    }

    @Test
    void quickRunsDoNotCount() throws LedgerException {
        known(2);
        lab.full(TestHost.of(100));
        lab.quick();
        lab.quick(TestHost.of(100));
        assertThat(told()).isEmpty();
        lab.full(TestHost.of(100));
        assertThat(told()).hasSize(1);
    }

    @Test
    void aHostThatIsSeenAgainIsMissingNoMore() throws LedgerException {
        known(2);
        lab.full(TestHost.of(100));
        lab.quick(TestHost.of(101));
        lab.full(TestHost.of(100));
        assertThat(told()).isEmpty();
    }

    @Test
    void aHostThatComesBackIsDiscoveredWithTheNextRevision() throws LedgerException {
        known(2);
        lab.full(TestHost.of(100));
        lab.full(TestHost.of(100));
        told();
        lab.full(TestHost.of(100), TestHost.of(101));
        assertThat(told()).containsExactly("discovered lab/qemu/101/net0 1.3");
    }

    @Test
    void anExcludedGuestIsToldAsExcludedAndNotRemoved() throws LedgerException {
        known(2);
        lab.excluded = Set.of("qemu/101");
        for (int i = 0; i < 5; i++) {
            lab.full(TestHost.of(100));
        }
        assertThat(told()).containsExactly("excluded lab/qemu/101/net0 1.2 filtered");
        lab.excluded = Set.of();
        lab.full(TestHost.of(100), TestHost.of(101));
        assertThat(told()).containsExactly("discovered lab/qemu/101/net0 1.3");
    }

    @Test
    void anExcludedGuestThatIsGoneIsRemoved() throws LedgerException {
        known(2);
        lab.excluded = Set.of("qemu/101");
        lab.full(TestHost.of(100));
        told();
        lab.excluded = Set.of();
        lab.full(TestHost.of(100));
        lab.full(TestHost.of(100));
        assertThat(told()).containsExactly("removed lab/qemu/101/net0 1.3 guest_gone");
    }

    @Test
    void anExcludedGuestThatIsThereAgainIsMissingNoMore() throws LedgerException {
        known(2);
        lab.excluded = Set.of("qemu/101");
        lab.full(TestHost.of(100));
        told();
        lab.excluded = Set.of();
        lab.full(TestHost.of(100));
        lab.excluded = Set.of("qemu/101");
        lab.full(TestHost.of(100));
        lab.excluded = Set.of();
        lab.full(TestHost.of(100));
        assertThat(told()).isEmpty();
    }

    @Test
    void aSinkThatDoesNotWantToKnowOfFiltersKeepsWhatItHas() throws LedgerException {
        lab.full(A, B);
        SinkLedger sink = lab.ledger.sink("dns", false, false, lab.changes);
        TestLedger.taken(sink);
        lab.excluded = Set.of(B.guest());
        lab.full(A);
        assertThat(TestLedger.taken(sink)).isEmpty();
        assertThat(sink.lacks("lab")).isZero();
        lab.excluded = Set.of();
        lab.full(A);
        lab.full(A);
        assertThat(TestLedger.texts(TestLedger.taken(sink)))
                .containsExactly("removed lab/qemu/102/net0 1.3 guest_gone");
    }

    @ParameterizedTest
    @CsvSource({"20, 4, false", "20, 5, false", "7, 5, false", "50, 10, false", "50, 11, true", "29, 6, true"})
    void manyThatVanishAtOnceAreHeldBack(int hosts, int gone, boolean held) throws LedgerException {
        List<TestHost> all = known(hosts);
        Recorded recorded = lab.full(all.subList(gone, hosts));
        assertThat(recorded.missing()).isEqualTo(gone);
        assertThat(recorded.held()).isEqualTo(held ? gone : 0);
        assertThat(recorded.holdReason() != null).isEqualTo(held);
        lab.full(all.subList(gone, hosts));
        assertThat(told()).hasSize(held ? 0 : gone);
    }

    @Test
    void thoseThatAreHeldBackGoWhenConfirmedAndNotFoundOnceMore() throws LedgerException {
        List<TestHost> all = known(20);
        lab.full(all.subList(10, 20));
        assertThat(lab.ledger.held("lab")).hasSize(10);
        assertThat(lab.ledger.confirmRemovals("other")).isZero();
        assertThat(lab.ledger.confirmRemovals("lab")).isEqualTo(10);
        assertThat(told()).isEmpty();
        assertThat(lab.full(all.subList(10, 20)).removed()).isEqualTo(10);
        assertThat(told()).hasSize(10);
    }

    @Test
    void anIncompleteRunTakesNoConfirmationBack() throws LedgerException {
        List<TestHost> all = known(20);
        lab.full(all.subList(10, 20));
        lab.ledger.confirmRemovals("lab");
        lab.incomplete(TestHost.of(115));
        assertThat(lab.full(all.subList(10, 20)).removed()).isEqualTo(10);
    }

    @Test
    void thoseThatAreHeldBackAndFoundAgainAreHeldNoMore() throws LedgerException {
        List<TestHost> all = known(20);
        lab.full(all.subList(10, 20));
        lab.ledger.confirmRemovals("lab");
        assertThat(lab.full(all).held()).isZero();
        assertThat(lab.full(all.subList(1, 20)).removed()).isZero();
        assertThat(lab.full(all.subList(1, 20)).removed()).isEqualTo(1);
    }

    @Test
    void thoseThatAreHeldBackGoAfterTenFurtherLooks() throws LedgerException {
        List<TestHost> all = known(20);
        for (int look = 1; look < 2 + RemovalRules.HELD_LOOKS; look++) {
            assertThat(lab.full(all.subList(10, 20)).removed()).isZero();
        }
        assertThat(lab.full(all.subList(10, 20)).removed()).isEqualTo(10);
        assertThat(lab.ledger.held("lab")).isEmpty();
    }

    @Test
    void whatIsNotFoundWithOtherPermissionsIsHeldBackAlsoLater() throws LedgerException {
        known(3);
        lab.permissions = "fewer";
        Recorded recorded = lab.full(TestHost.of(100));
        assertThat(recorded.held()).isEqualTo(2);
        assertThat(recorded.holdReason()).contains("what the login may see");
        lab.full(TestHost.of(100));
        lab.full(TestHost.of(100));
        assertThat(told()).isEmpty();
        lab.permissions = "all";
        assertThat(lab.full(known3()).missing()).isZero();
        assertThat(told()).isEmpty();
    }

    private static TestHost[] known3() {
        return new TestHost[] {TestHost.of(100), TestHost.of(101), TestHost.of(102)};
    }

    @Test
    void whatIsNotFoundWithOtherSettingsIsHeldBack() throws LedgerException {
        known(3);
        lab.settings = "another address";
        assertThat(lab.full(TestHost.of(100)).holdReason()).contains("settings");
        lab.full(TestHost.of(100));
        assertThat(told()).isEmpty();
    }

    @Test
    void theFirstCompleteLookRemovesNothing() throws LedgerException {
        lab.incomplete(A, B);
        told();
        assertThat(lab.full(A).holdReason()).contains("first complete look");
        lab.full(A);
        assertThat(told()).isEmpty();
        lab.ledger.confirmRemovals("lab");
        lab.full(A);
        assertThat(told()).hasSize(1);
    }

    @Test
    void aClusterThatMayBeAnotherOneIsLookedAtLikeForTheFirstTime() throws LedgerException {
        known(2);
        lab.ledger.distrust("lab");
        assertThat(lab.ledger.wasLookedAtWholly("lab")).isFalse();
        lab.full(TestHost.of(100));
        lab.full(TestHost.of(100));
        assertThat(told()).isEmpty();
        assertThat(lab.ledger.wasLookedAtWholly("lab")).isTrue();
    }

    @Test
    void aSinkThatWasDownGetsOnlyTheNewestState() throws LedgerException {
        known(1);
        TestHost host = TestHost.of(100);
        lab.full(host.named("one"));
        lab.full(host.named("two"));
        lab.full(host.named("three"));
        assertThat(told()).containsExactly("updated lab/qemu/100/net0 1.4");
    }

    @Test
    void aChangeThatIsTakenBackWhileTheSinkIsDownIsNotTold() throws LedgerException {
        known(1);
        TestHost host = TestHost.of(100);
        lab.full(host.named("one"));
        lab.sink("cmdb").notTaken(lab.offered("cmdb"));
        lab.full(host);
        assertThat(told()).isEmpty();
        assertThat(lab.sink("cmdb").lacks("lab")).isZero();
    }

    @Test
    void aChangeThatTheSinkMayHaveIsTakenBackThereToo() throws LedgerException {
        known(1);
        TestHost host = TestHost.of(100);
        lab.full(host.named("one"));
        assertThat(lab.offered("cmdb")).hasSize(1);
        lab.full(host);
        lab.sink("cmdb").notTaken(lab.offered("cmdb"));
        assertThat(told()).containsExactly("discovered lab/qemu/100/net0 1.3");
        assertThat(told()).isEmpty();
    }

    @Test
    void aRemovalThatTheSinkMayHaveIsTakenBackThereToo() throws LedgerException {
        known(2);
        lab.full(TestHost.of(100));
        lab.full(TestHost.of(100));
        assertThat(TestLedger.texts(lab.offered("cmdb"))).containsExactly("removed lab/qemu/101/net0 1.2 guest_gone");
        lab.full(TestHost.of(100), TestHost.of(101));
        assertThat(told()).containsExactly("discovered lab/qemu/101/net0 1.3");
    }

    @Test
    void aHostThatTheSinkMayHaveIsRemovedThereToo() throws LedgerException {
        lab.full(A, B);
        lab.offered("cmdb");
        lab.full(A);
        lab.full(A);
        assertThat(told())
                .containsExactly("discovered lab/qemu/101/net0 1.1", "removed lab/qemu/102/net0 1.2 guest_gone");
    }

    @Test
    void aHostThatTheSinkNeverHadIsNotRemovedThere() throws LedgerException {
        lab.full(A, B);
        lab.sink("cmdb").notTaken(lab.offered("cmdb"));
        lab.full(A);
        lab.full(A);
        assertThat(told()).containsExactly("discovered lab/qemu/101/net0 1.1");
    }

    @Test
    void aGuestThatTheSinkMayHaveEndsBeforeItsSuccessorIsTold() throws LedgerException {
        lab.full(A);
        lab.offered("cmdb");
        lab.full(A.ofGuest("another"));
        lab.offered("cmdb");
        assertThat(told())
                .containsExactly("removed lab/qemu/101/net0 1.2 guest_replaced", "discovered lab/qemu/101/net0 2.3");
    }

    @Test
    void theSameIsTheSameEventHoweverOftenItIsOffered() throws LedgerException {
        known(1);
        lab.full(TestHost.of(100).named("one"));
        List<Event> first = lab.offered("cmdb");
        assertThat(lab.offered("cmdb")).isEqualTo(first);
        lab.reopen();
        assertThat(lab.offered("cmdb")).isEqualTo(first);
    }

    @Test
    void whatIsAcknowledgedAfterANewerStateWasSeenIsTheBaseOfItsChanges() throws LedgerException {
        lab.full(A);
        List<Event> events = lab.offered("cmdb");
        lab.full(A.named("shop"));
        lab.sink("cmdb").acknowledge(events);
        assertThat(lab.offered("cmdb").get(0).changed()).containsExactly("hostname", "proxmox.name");
        assertThat(lab.offered("cmdb").get(0).previous()).contains("web101");
    }

    @Test
    void aHostThatCameBackBeforeItsRemovalWasAcknowledgedIsToldWhole() throws LedgerException {
        known(2);
        lab.full(TestHost.of(100));
        lab.full(TestHost.of(100));
        List<Event> events = lab.offered("cmdb");
        lab.full(TestHost.of(100), TestHost.of(101));
        lab.sink("cmdb").acknowledge(events);
        assertThat(lab.offered("cmdb").get(0).body()).contains("\"hostname\":\"web101\"");
    }

    @Test
    void anAcknowledgementThatComesLateTakesNoNewerOneBack() throws LedgerException {
        lab.full(A);
        List<Event> events = lab.offered("cmdb");
        lab.full(A.named("shop"));
        told();
        lab.sink("cmdb").acknowledge(events);
        assertThat(told()).isEmpty();
    }

    @Test
    void aSinkThatIsToBeToldOnceMoreIsToldOfEveryHostThatIsThere() throws LedgerException {
        known(2);
        lab.full(TestHost.of(100), TestHost.of(101).named("shop"));
        assertThat(lab.ledger.resync("cmdb")).isEqualTo(2);
        assertThat(lab.ledger.resync("another")).isZero();
        assertThat(told()).containsExactly("discovered lab/qemu/100/net0 1.1", "discovered lab/qemu/101/net0 1.2");
        assertThat(told()).isEmpty();
    }

    @Test
    void eachSinkHasItsOwnAccount() throws LedgerException {
        lab.full(A, B);
        told();
        lab.full(A, B.named("shop"));
        assertThat(told()).containsExactly("updated lab/qemu/102/net0 1.2");
        assertThat(lab.told("dns"))
                .containsExactly("discovered lab/qemu/101/net0 1.1", "discovered lab/qemu/102/net0 1.2");
    }

    @Test
    void aSinkOfAllIsToldOnlyWhatIsThere() throws LedgerException {
        SinkLedger all = lab.ledger.sink("log", true, true, lab.changes);
        lab.full(A, B);
        assertThat(TestLedger.texts(TestLedger.taken(all)))
                .containsExactly("observed lab/qemu/101/net0 1.1", "observed lab/qemu/102/net0 1.1");
        lab.full(A.named("shop"));
        lab.full(A.named("shop"));
        assertThat(TestLedger.texts(TestLedger.taken(all))).containsExactly("observed lab/qemu/101/net0 1.2");
    }

    @Test
    void whatIsRejectedWaitsFiveMinutesThenTwiceAsLong() throws LedgerException {
        lab.full(A);
        lab.sink("cmdb").park(lab.offered("cmdb").get(0), "422 no such zone");
        assertThat(lab.offered("cmdb")).isEmpty();
        assertThat(lab.sink("cmdb").lacks("lab")).isEqualTo(1);
        assertThat(lab.ledger.parked())
                .containsExactly(
                        new Parked("cmdb", A.id(), "422 no such zone", 1, Instant.parse("2026-11-23T12:05:00Z")));
        lab.clock.wait(Duration.ofMinutes(5));
        lab.sink("cmdb").park(lab.offered("cmdb").get(0), "still 422");
        lab.clock.wait(Duration.ofMinutes(10).minusMillis(1));
        assertThat(lab.offered("cmdb")).isEmpty();
        lab.clock.wait(Duration.ofMillis(1));
        assertThat(told()).hasSize(1);
        assertThat(lab.ledger.parked()).isEmpty();
    }

    @Test
    void whatIsRejectedEverWaitsADayAtMost() throws LedgerException {
        lab.full(A);
        for (int i = 0; i < 20; i++) {
            Event event = lab.offered("cmdb").get(0);
            lab.sink("cmdb").park(event, "422");
            assertThat(lab.sink("cmdb").resting()).containsEntry(event.number(), event.key());
            lab.clock.wait(Duration.ofDays(1));
            assertThat(lab.sink("cmdb").resting()).doesNotContainKey(event.number());
        }
        assertThat(lab.ledger.parked().get(0).times()).isEqualTo(20);
    }

    @Test
    void whatIsRejectedIsOfferedAtOnceWhenThereIsSomethingNew() throws LedgerException {
        lab.full(A);
        lab.sink("cmdb").park(lab.offered("cmdb").get(0), "422");
        lab.full(A.named("shop"));
        assertThat(told()).containsExactly("discovered lab/qemu/101/net0 1.2");
    }

    @Test
    void whatIsRejectedAndGoneIsForgotten() throws LedgerException {
        lab.full(A, B);
        lab.sink("cmdb").park(lab.offered("cmdb").get(1), "422");
        lab.full(A);
        lab.full(A);
        assertThat(told()).containsExactly("discovered lab/qemu/101/net0 1.1");
        assertThat(lab.ledger.parked()).isEmpty();
    }

    @Test
    void aClockThatWasSetBackLetsNobodyWaitLonger() throws LedgerException {
        lab.full(A);
        Event event = lab.offered("cmdb").get(0);
        lab.sink("cmdb").park(event, "422");
        lab.clock.wait(Duration.ofDays(-40));
        assertThat(lab.sink("cmdb").resting()).doesNotContainKey(event.number());
        assertThat(lab.offered("cmdb")).hasSize(1);
    }

    @Test
    void oneRunThatTellsTwoHostsWithOneIdKeepsTheFirst() throws LedgerException {
        assertThat(lab.full(A, A.named("twin"), B).hosts()).hasSize(2);
        assertThat(lab.offered("cmdb").get(0).body()).contains("web101");
    }

    @Test
    void whatIsThereIsKnownAlsoWhenALookMissedIt() throws LedgerException {
        lab.full(A, B);
        lab.clock.wait(Duration.ofMinutes(5));
        lab.incomplete(A);
        List<PresentHost> hosts = new ArrayList<>();
        lab.ledger.forEachPresent("lab", hosts::add);
        assertThat(hosts).extracting(PresentHost::stale).containsExactly(false, true);
        assertThat(hosts.get(0).message()).contains("\"observed_at\":\"2026-11-23T12:05:00Z\"");
        assertThat(hosts.get(1).message())
                .contains("\"observed_at\":\"2026-11-23T12:00:00Z\"", "\"stale\":true", "ADDRESSES_STALE");
    }

    @Test
    void theIdentityOfAClusterIsKept() throws IOException {
        assertThat(lab.ledger.identity("lab")).isEmpty();
        lab.ledger.identity("lab", "4f:22");
        lab.reopen();
        assertThat(lab.ledger.identity("lab")).contains("4f:22");
        lab.ledger.identity("lab", null);
        assertThat(lab.ledger.identity("lab")).isEmpty();
    }

    @Test
    void aMessageThatIsNoJsonIsComparedAsItIs() throws LedgerException {
        record(new Observation.ObservedHost("lab/qemu/101/net0", "qemu/101", null, "web 10.0.0.1"));
        told();
        record(new Observation.ObservedHost("lab/qemu/101/net0", "qemu/101", null, "web 10.0.0.1"));
        assertThat(told()).isEmpty();
        record(new Observation.ObservedHost("lab/qemu/101/net0", "qemu/101", null, "web 10.0.0.2"));
        assertThat(told()).containsExactly("updated lab/qemu/101/net0 1.2");
    }

    @Test
    void aGuestOfWhichItWasNotAskedWhetherItExistsIsNotRemoved() throws LedgerException {
        known(20);
        lab.unasked = Set.of("qemu/119");
        List<TestHost> others = IntStream.range(100, 118).mapToObj(TestHost::of).toList();
        for (int look = 0; look < 15; look++) {
            lab.full(others);
        }
        assertThat(told()).containsExactly("removed lab/qemu/118/net0 1.2 guest_gone");
        assertThat(lab.ledger.guests("lab")).contains("qemu/119");
        lab.unasked = Set.of();
        lab.full(others);
        assertThat(told()).isEmpty();
        lab.full(others);
        assertThat(told()).containsExactly("removed lab/qemu/119/net0 1.2 guest_gone");
    }

    @Test
    void guestsThatWereNotAskedForCountAmongThoseThatVanishedAtOnce() throws LedgerException {
        List<TestHost> hosts = known(20);
        lab.unasked = Set.of("qemu/115", "qemu/116", "qemu/117", "qemu/118", "qemu/119");
        lab.full(hosts.subList(0, 14));
        assertThat(lab.full(hosts.subList(0, 14)).held()).isEqualTo(6);
        assertThat(told()).isEmpty();
        lab.ledger.confirmRemovals("lab");
        lab.full(hosts.subList(0, 14));
        assertThat(told()).hasSize(6);
    }

    @Test
    void theGuestsWhoseRemovalIsHeldBackAreAskedForLast() throws LedgerException {
        List<TestHost> hosts = known(20);
        lab.full(hosts.subList(6, 20));
        assertThat(lab.ledger.guests("lab")).startsWith("qemu/106", "qemu/107").endsWith("qemu/104", "qemu/105");
    }

    @Test
    void twoGuestsToWhichARouteFileGivesOneIdDoNotStopTheLedger() throws LedgerException {
        TestHost first = TestHost.of(101);
        lab.full(first);
        lab.full(first.ofGuest("second"));
        for (String uuid : List.of("one", "two", "three")) {
            record(new Observation.ObservedHost(first.id(), "qemu/7", uuid, "{}"));
            record(new Observation.ObservedHost(first.id(), "qemu/8", null, "{}"));
        }
        assertThat(lab.offered("cmdb")).hasSize(1);
        assertThat(lab.ledger.guests("lab")).containsExactly("qemu/8");
    }

    @Test
    void ofGuestsThatHadANumberOnlyThoseAreKeptThatASinkMayHave() throws LedgerException, SQLException {
        known(1);
        for (int guest = 1; guest <= 50; guest++) {
            lab.full(TestHost.of(100).ofGuest("guest-" + guest));
        }
        assertThat(lab.number("SELECT COUNT(*) FROM ended")).isEqualTo(2);
        assertThat(told())
                .containsExactly("removed lab/qemu/100/net0 1.2 guest_replaced", "discovered lab/qemu/100/net0 51.101");
    }

    @Test
    void whatTheSinkLacksIsNotToldWhenNothingOfItMakesADifferenceAnyMore() throws LedgerException {
        known(1);
        lab.full(TestHost.of(100).on("pve2"));
        List<String> more = new ArrayList<>(TestHost.IGNORED);
        more.add("proxmox.node");
        lab.changes = new ChangeRules(more);
        lab.full(TestHost.of(100).on("pve2"));
        assertThat(told()).isEmpty();
        assertThat(lab.sink("cmdb").lacks("lab")).isZero();
    }

    private void record(Observation.ObservedHost host) throws LedgerException {
        Observation seen = new Observation(
                "lab",
                "run",
                lab.clock.now,
                true,
                true,
                List.of(host),
                Set.of(host.guest()),
                Set.of(),
                Set.of(),
                Set.of(),
                "all",
                "");
        lab.ledger.record(seen, lab.changes, lab.rules);
    }
}
