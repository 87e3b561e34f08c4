package io.github.proxmoxdiscovery.run;

import static io.github.proxmoxdiscovery.run.Guests.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.pve.Guest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a quick run finds new in a list. */
class KnownGuestsTest {

    private static final Set<Long> NONE = Set.of();

    private long now = Long.MAX_VALUE - 1_000_000_000L;
    private final KnownGuests known = new KnownGuests(() -> now);

    private static Guest web(String status, String name, Long uptime) {
        return new Guest(101, GuestType.QEMU, "pve1", status, false, List.of("a"), "web", null, name, uptime);
    }

    private void isKnown(Guest... guests) {
        known.update(List.of(guests), NONE, NONE);
    }

    private List<Guest> toRead(Guest... guests) {
        return known.changes(List.of(guests)).toRead();
    }

    @Test
    void beforeTheFirstListNothingIsKnownAndAllIsNew() {
        assertThat(known.isKnown()).isFalse();
        assertThat(toRead(guest(101, "pve1"))).hasSize(1);
        isKnown();
        assertThat(known.isKnown()).isTrue();
    }

    @Test
    void aGuestThatIsAsBeforeIsNotRead() {
        isKnown(web("running", "web", 100L));
        assertThat(toRead(web("running", "web", 160L))).isEmpty();
        assertThat(toRead(web("running", "web", 100L))).isEmpty();
    }

    @Test
    void eachChangeThatTheListTellsHasItRead() {
        isKnown(web("running", "web", 100L));
        Guest before = web("running", "web", 100L);
        assertThat(List.of(
                        web("stopped", "web", 0L),
                        web("running", "renamed", 100L),
                        web("running", "web", 5L),
                        new Guest(
                                101, GuestType.LXC, "pve1", "running", false, before.tags(), "web", null, "web", 100L),
                        new Guest(
                                101, GuestType.QEMU, "pve2", "running", false, before.tags(), "web", null, "web", 100L),
                        new Guest(
                                101, GuestType.QEMU, "pve1", "running", true, before.tags(), "web", null, "web", 100L),
                        new Guest(101, GuestType.QEMU, "pve1", "running", false, List.of(), "web", null, "web", 100L),
                        new Guest(
                                101, GuestType.QEMU, "pve1", "running", false, before.tags(), null, null, "web", 100L)))
                .allSatisfy(changed -> assertThat(toRead(changed)).containsExactly(changed));
    }

    @Test
    void aRestartBetweenTwoListsIsSeenThoughTheGuestRunsLongerByNow() {
        isKnown(web("running", "web", 10L));
        now += Duration.ofSeconds(60).toNanos();
        assertThat(toRead(web("running", "web", 55L))).hasSize(1);
        assertThat(toRead(web("running", "web", 58L)))
                .as("a list that is up to twelve seconds old")
                .isEmpty();
    }

    @Test
    void aNodeThatTellsTheSameUptimeForAWhileDidNotRestartItsGuests() {
        isKnown(web("running", "web", 1000L));
        now += Duration.ofSeconds(60).toNanos();
        assertThat(toRead(web("running", "web", 1000L))).isEmpty();
    }

    @Test
    void aLockThatABackupSetsAndTakesAwayIsNoChange() {
        isKnown(web("running", "web", 100L));
        assertThat(toRead(new Guest(
                        101, GuestType.QEMU, "pve1", "running", false, List.of("a"), "web", "backup", "web", 100L)))
                .isEmpty();
    }

    @Test
    void aNodeThatIsNotHeardOfHidesWhatItKnowsAndChangesNothing() {
        isKnown(web("running", "web", 100L));
        Guest silent = web(Guest.UNKNOWN, null, null);
        assertThat(toRead(silent)).isEmpty();
        isKnown(silent);
        isKnown(silent);
        assertThat(toRead(web("running", "web", 400L))).as("as it was before").isEmpty();
        assertThat(toRead(web("stopped", "web", 0L))).as("changed meanwhile").hasSize(1);
        assertThat(toRead(web("running", "web", 10L))).as("started meanwhile").hasSize(1);
    }

    @Test
    void whatIsInTheListNoMoreIsGoneOnce() {
        isKnown(guest(101, "pve1"), guest(102, "pve1"));
        assertThat(known.changes(List.of(guest(101, "pve1"))).gone()).containsExactly(guest(102, "pve1"));
        isKnown(guest(101, "pve1"));
        assertThat(known.changes(List.of(guest(101, "pve1"))).gone()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, PT1M", "2, PT2M", "3, PT4M", "6, PT32M", "7, PT1H", "8, PT1H", "70, PT1H"})
    void aGuestThatCouldNotBeReadIsDueAgainAndEachTimeLater(int times, Duration rest) {
        Guest guest = guest(101, "pve1");
        for (int i = 0; i < times; i++) {
            known.update(List.of(guest), NONE, Set.of(101L));
        }
        now += rest.toNanos() - 1;
        assertThat(toRead(guest)).isEmpty();
        now++;
        assertThat(toRead(guest)).containsExactly(guest);
    }

    @Test
    void onceItWasReadItIsNotDueAnyMoreAndTheNextFailureBeginsAnew() {
        Guest guest = guest(101, "pve1");
        known.update(List.of(guest), NONE, Set.of(101L));
        known.update(List.of(guest), NONE, Set.of(101L));
        known.update(List.of(guest), Set.of(101L), NONE);
        now += Duration.ofHours(2).toNanos();
        assertThat(toRead(guest)).isEmpty();
        known.update(List.of(guest), NONE, Set.of(101L));
        now += Duration.ofMinutes(1).toNanos();
        assertThat(toRead(guest)).hasSize(1);
    }

    @Test
    void aGuestThatWasNotLookedAtStaysDue() {
        Guest guest = guest(101, "pve1");
        known.update(List.of(guest), NONE, Set.of(101L));
        isKnown(guest);
        now += Duration.ofMinutes(1).toNanos();
        assertThat(toRead(guest)).hasSize(1);
    }

    @Test
    void aGuestThatIsGoneIsNotDueWhenAnotherGetsItsNumber() {
        known.update(List.of(guest(101, "pve1")), NONE, Set.of(101L));
        isKnown();
        isKnown(guest(101, "pve1"));
        now += Duration.ofHours(1).toNanos();
        assertThat(toRead(guest(101, "pve1"))).isEmpty();
    }
}
