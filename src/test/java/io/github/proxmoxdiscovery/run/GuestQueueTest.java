package io.github.proxmoxdiscovery.run;

import static io.github.proxmoxdiscovery.run.Guests.guest;
import static io.github.proxmoxdiscovery.run.Guests.guests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.proxmoxdiscovery.pve.Guest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GuestQueueTest {

    @Test
    void oneLaneHandsOutEveryGuestOnce() {
        List<Guest> all = join(guests("pve1", 100, 3), guests("pve2", 200, 2));
        assertThat(drain(new GuestQueue(all, 4).lanes(1).get(0))).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void thereAreNoMoreLanesThanCanBeUsed() {
        List<Guest> all = join(guests("pve1", 100, 10), guests("pve2", 200, 1));
        assertThat(new GuestQueue(all, 4).lanes(32)).hasSize(5);
        assertThat(new GuestQueue(all, 4).lanes(3)).hasSize(3);
        assertThat(new GuestQueue(all, 1).lanes(32)).hasSize(2);
        assertThat(new GuestQueue(List.of(), 4).lanes(32)).isEmpty();
    }

    @Test
    void noNodeHasMoreLanesThanItsLimit() {
        List<Guest> all = join(guests("slow", 100, 10), guests("fast", 200, 10));
        List<Iterator<Guest>> lanes = new GuestQueue(all, 2).lanes(4);
        assertThat(lanes).hasSize(4);
        assertThat(lanes.stream().map(lane -> lane.next().node()))
                .containsExactlyInAnyOrder("slow", "slow", "fast", "fast");
        assertThat(lanes.stream().map(lane -> lane.next().node()))
                .containsExactlyInAnyOrder("slow", "slow", "fast", "fast");
    }

    @Test
    void aLaneWhoseNodeIsDoneMovesOnToAnother() {
        List<Guest> all = join(guests("pve1", 100, 1), guests("pve2", 200, 3));
        List<Iterator<Guest>> lanes = new GuestQueue(all, 2).lanes(2);
        Iterator<Guest> first = lanes.get(0);
        assertThat(first.next().node()).isEqualTo("pve1");
        assertThat(drain(first)).extracting(Guest::node).containsExactly("pve2", "pve2", "pve2");
        assertThat(lanes.get(1).hasNext()).isFalse();
    }

    @Test
    void guestsOfASlowNodeHoldUpNoOtherNode() {
        List<Guest> all = join(guests("slow", 100, 50), guests("fast", 200, 50));
        List<Iterator<Guest>> lanes = new GuestQueue(all, 1).lanes(2);
        Iterator<Guest> stuck = lanes.get(0);
        Iterator<Guest> free = lanes.get(1);
        assertThat(stuck.next().node()).isEqualTo("slow");
        assertThat(drain(free)).hasSize(50).allMatch(guest -> guest.node().equals("fast"));
    }

    @Test
    void askingWhetherThereIsANextOneTakesNone() {
        Iterator<Guest> lane =
                new GuestQueue(guests("pve1", 100, 2), 4).lanes(1).get(0);
        assertThat(lane.hasNext()).isTrue();
        assertThat(lane.hasNext()).isTrue();
        assertThat(drain(lane)).hasSize(2);
        assertThat(lane.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(lane::next);
    }

    @Test
    void afterAStopALaneEndsWithTheGuestItHasReserved() {
        GuestQueue queue = new GuestQueue(guests("pve1", 100, 10), 4);
        List<Iterator<Guest>> lanes = queue.lanes(2);
        assertThat(lanes.get(0).hasNext()).isTrue();
        queue.stop();
        assertThat(drain(lanes.get(0))).hasSize(1);
        assertThat(lanes.get(1).hasNext()).isFalse();
    }

    @RepeatedTest(20)
    void manyThreadsHandOutEveryGuestOnceAndNoNodeIsOverItsLimit() throws Exception {
        List<Guest> all = new ArrayList<>();
        for (int node = 0; node < 7; node++) {
            all.addAll(guests("pve" + node, 1000L * (node + 1), 10 + 31 * node));
        }
        List<Iterator<Guest>> lanes = new GuestQueue(all, 3).lanes(16);
        assertThat(lanes).hasSize(16);
        Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();
        AtomicInteger most = new AtomicInteger();
        Queue<Guest> handled = new ConcurrentLinkedQueue<>();
        inParallel(lanes, lane -> {
            while (lane.hasNext()) {
                Guest guest = lane.next();
                AtomicInteger here = busy.computeIfAbsent(guest.node(), name -> new AtomicInteger());
                most.accumulateAndGet(here.incrementAndGet(), Math::max);
                handled.add(guest);
                here.decrementAndGet();
            }
        });
        assertThat(handled).containsExactlyInAnyOrderElementsOf(all);
        assertThat(most.get()).isLessThanOrEqualTo(3);
    }

    @RepeatedTest(20)
    void aSplitterThatLooksAheadKeepsTheLimitToo() throws Exception {
        List<Guest> all = new ArrayList<>();
        for (int node = 0; node < 5; node++) {
            all.addAll(guests("pve" + node, 1000L * (node + 1), 3 + 17 * node));
        }
        List<Iterator<Guest>> lanes = new GuestQueue(all, 2).lanes(8);
        Map<String, AtomicInteger> busy = new ConcurrentHashMap<>();
        AtomicInteger most = new AtomicInteger();
        Queue<Guest> handled = new ConcurrentLinkedQueue<>();
        inParallel(lanes, lane -> {
            boolean more = lane.hasNext();
            while (more) {
                Guest guest = lane.next();
                AtomicInteger here = busy.computeIfAbsent(guest.node(), name -> new AtomicInteger());
                most.accumulateAndGet(here.incrementAndGet(), Math::max);
                more = lane.hasNext();
                handled.add(guest);
                here.decrementAndGet();
            }
        });
        assertThat(handled).containsExactlyInAnyOrderElementsOf(all);
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void theGuestsOfOneNodeComeInTheOrderOfTheList() {
        List<Guest> all = List.of(guest(105, "pve1"), guest(103, "pve1"), guest(104, "pve1"));
        assertThat(drain(new GuestQueue(all, 1).lanes(1).get(0))).isEqualTo(all);
    }

    private interface Work {
        void on(Iterator<Guest> lane);
    }

    private static void inParallel(Collection<Iterator<Guest>> lanes, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            lanes.forEach(lane -> tasks.add(() -> {
                work.on(lane);
                return null;
            }));
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static List<Guest> drain(Iterator<Guest> lane) {
        List<Guest> drained = new ArrayList<>();
        lane.forEachRemaining(drained::add);
        return drained;
    }

    private static List<Guest> join(List<Guest> first, List<Guest> second) {
        List<Guest> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
