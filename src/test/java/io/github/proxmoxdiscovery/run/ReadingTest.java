package io.github.proxmoxdiscovery.run;

import static io.github.proxmoxdiscovery.run.Guests.guest;
import static io.github.proxmoxdiscovery.run.Guests.guests;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.run.Reading.Aside;
import io.github.proxmoxdiscovery.run.Reading.Obstacle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Guests are read in passes, and none is lost or read twice on the way. */
class ReadingTest {

    private final Reading reading = new Reading(Duration.ofHours(1));

    private Iterator<Guest> oneLane() {
        return reading.lanes(1, 1).get(0);
    }

    private static List<Guest> rest(Iterator<Guest> lane) {
        List<Guest> rest = new ArrayList<>();
        lane.forEachRemaining(rest::add);
        return rest;
    }

    private void aside(Guest guest, Obstacle obstacle) {
        reading.putAside(guest, obstacle, Reason.TIMEOUT, "no");
    }

    @Test
    void itIsOpenAsLongAsGuestsWaitForAPass() {
        assertThat(reading.isOpen()).isFalse();
        reading.add(guests("pve1", 101, 2));
        assertThat(reading.isOpen()).isTrue();
        assertThat(rest(oneLane())).hasSize(2);
        assertThat(reading.isOpen()).isFalse();
        reading.add(guests("pve1", 101, 1));
        assertThat(reading.isOpen()).as("another pass").isTrue();
    }

    @Test
    void whenItsTimeIsOverNoGuestIsHandedOut() {
        Reading over = new Reading(Duration.ZERO);
        over.add(guests("pve1", 101, 2));
        assertThat(over.isOpen()).isFalse();
        assertThat(over.lanes(1, 1))
                .allSatisfy(lane -> assertThat(lane.hasNext()).isFalse());
    }

    @Test
    void afterAStopThereIsNoOtherPass() {
        reading.add(guests("pve1", 101, 3));
        Iterator<Guest> lane = oneLane();
        lane.next();
        reading.stop();
        assertThat(lane.hasNext()).isFalse();
        reading.add(guests("pve1", 101, 1));
        assertThat(reading.isOpen()).isFalse();
        assertThat(reading.lanes(1, 1))
                .allSatisfy(late -> assertThat(late.hasNext()).isFalse());
    }

    @Test
    void threeInARowAndTheNodeIsLeftAlone() {
        reading.add(guests("dead", 101, 10));
        Iterator<Guest> lane = oneLane();
        for (int i = 0; i < 3; i++) {
            assertThat(lane.hasNext()).isTrue();
            aside(lane.next(), Obstacle.NODE);
        }
        assertThat(lane.hasNext()).isFalse();
        List<Aside> aside = reading.takeAside(Obstacle.NODE);
        assertThat(aside).hasSize(10);
        assertThat(aside.subList(0, 3)).allMatch(guest -> guest.reason() == Reason.TIMEOUT);
        assertThat(aside.subList(3, 10)).allMatch(guest -> guest.reason() == Reason.NODE_OFFLINE);
        assertThat(reading.takeAside(Obstacle.NODE)).isEmpty();
    }

    @Test
    void anAnswerInBetweenBreaksTheRow() {
        reading.add(guests("slow", 101, 10));
        Iterator<Guest> lane = oneLane();
        for (int i = 0; i < 10; i++) {
            Guest guest = lane.next();
            if (i % 3 == 2) {
                reading.answered(guest);
            } else {
                aside(guest, Obstacle.NODE);
            }
        }
        assertThat(reading.takeAside(Obstacle.NODE)).hasSize(7);
    }

    @Test
    void oneNodeThatIsLeftAloneHoldsUpNoOther() {
        List<Guest> all = new ArrayList<>(guests("dead", 101, 10));
        all.addAll(guests("good", 201, 10));
        reading.add(all);
        List<Guest> read = new ArrayList<>();
        oneLane().forEachRemaining(guest -> {
            if (guest.node().equals("dead")) {
                aside(guest, Obstacle.NODE);
            } else {
                reading.answered(guest);
                read.add(guest);
            }
        });
        assertThat(read).hasSize(10);
        assertThat(reading.takeAside(Obstacle.NODE)).hasSize(10);
    }

    @Test
    void threeInARowAndTheAddressIsLeftAloneForAllNodes() {
        List<Guest> all = new ArrayList<>(guests("pve1", 101, 10));
        all.addAll(guests("pve2", 201, 10));
        reading.add(all);
        Iterator<Guest> lane = oneLane();
        for (int i = 0; i < 3; i++) {
            aside(lane.next(), Obstacle.ADDRESS);
        }
        assertThat(lane.hasNext()).isFalse();
        assertThat(reading.takeAside(Obstacle.ADDRESS)).hasSize(20);
    }

    @Test
    void eachPassCountsAnew() {
        reading.add(guests("pve1", 101, 2));
        oneLane().forEachRemaining(guest -> aside(guest, Obstacle.NODE));
        reading.add(guests("pve1", 101, 4));
        Iterator<Guest> lane = oneLane();
        aside(lane.next(), Obstacle.NODE);
        aside(lane.next(), Obstacle.NODE);
        assertThat(lane.hasNext()).isTrue();
    }

    @Test
    void aGuestThatIsNotThereIsLookedForOnce() {
        assertThat(reading.isNotThereAgain(guest(101, "pve1"))).isFalse();
        aside(guest(101, "pve1"), Obstacle.NOT_THERE);
        assertThat(reading.isLookingForGuests()).isTrue();
        assertThat(reading.takeAside(Obstacle.NOT_THERE)).hasSize(1);
        assertThat(reading.isLookingForGuests()).isFalse();
        assertThat(reading.isNotThereAgain(guest(101, "pve2"))).isTrue();
    }

    /** What a lane has been promised when its node is given up is still handed out, and once. */
    @RepeatedTest(20)
    void whicheverLanesMeetObstaclesEveryGuestEndsInOnePlace() throws Exception {
        List<Guest> all = new ArrayList<>();
        for (int node = 0; node < 5; node++) {
            all.addAll(guests("pve" + node, 1000L * (node + 1), 40));
        }
        reading.add(all);
        List<Iterator<Guest>> lanes = reading.lanes(4, 16);
        Queue<Guest> read = new ConcurrentLinkedQueue<>();
        inParallel(lanes, guest -> {
            switch ((int) (guest.vmid() / 1000)) {
                case 1 -> aside(guest, Obstacle.NODE);
                case 2 -> reading.giveUpNode(guest, "no");
                case 3 -> aside(guest, guest.vmid() % 2 == 0 ? Obstacle.NOT_THERE : Obstacle.NODE);
                default -> reading.answered(guest);
            }
            if (guest.vmid() / 1000 != 1 && guest.vmid() / 1000 != 3) {
                read.add(guest);
            }
        });
        List<Guest> ended = new ArrayList<>(read);
        for (Obstacle obstacle : Obstacle.values()) {
            reading.takeAside(obstacle).forEach(aside -> ended.add(aside.guest()));
        }
        assertThat(ended).containsExactlyInAnyOrderElementsOf(all);
    }

    private interface Work {
        void on(Guest guest);
    }

    private static void inParallel(List<Iterator<Guest>> lanes, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            lanes.forEach(lane -> tasks.add(() -> {
                lane.forEachRemaining(work::on);
                return null;
            }));
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
