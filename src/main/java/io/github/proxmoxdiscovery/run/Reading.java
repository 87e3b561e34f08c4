package io.github.proxmoxdiscovery.run;

import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.Guest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The guests of a run on their way to be read, in passes. A guest that meets an obstacle which may be got round is put
 * aside, and read in the next pass: where it is by now, or at another address. A node or an address at which several
 * guests in a row meet the same obstacle is not asked for the rest of the pass.
 */
public final class Reading {

    /** So many in a row, and it is not the guest. */
    private static final int IN_A_ROW = 3;

    /** What a guest can meet that is not its own fault. */
    public enum Obstacle {
        /** The guest is not on the node where it was listed. */
        NOT_THERE,
        /** The node asked does not reach the one of the guest. */
        NODE,
        /** The address asked cannot be reached. */
        ADDRESS
    }

    /**
     * A guest that was put aside.
     *
     * @param reason what is to be said of it if there is no way round
     */
    public record Aside(Guest guest, Obstacle obstacle, Reason reason, String message) {}

    private final long end;
    private final Map<String, Integer> nodeFailures = new HashMap<>();
    private final Set<Long> notThereBefore = new HashSet<>();
    private final Map<Long, Aside> ofNodes = new HashMap<>();
    private List<Guest> next = new ArrayList<>();
    private List<Aside> aside = new ArrayList<>();
    private GuestQueue queue = new GuestQueue(List.of(), 1);
    private int addressFailures;
    private boolean answered;
    private boolean stopped;

    /** @param most how long the reading may take */
    Reading(Duration most) {
        this.end = System.nanoTime() + most.toNanos();
    }

    /** These guests are to be read in the next pass. */
    public synchronized void add(Collection<Guest> guests) {
        next.addAll(guests);
    }

    /** Whether there is another pass to come. */
    public synchronized boolean isOpen() {
        return !stopped && !isOver() && !next.isEmpty();
    }

    /**
     * A pass begins, in which the guests are read that were added.
     *
     * @param nodeConcurrency lanes of one node at most
     * @param concurrency lanes at most
     */
    public synchronized List<Iterator<Guest>> lanes(int nodeConcurrency, int concurrency) {
        queue = new GuestQueue(next, nodeConcurrency, this::isOver);
        next = new ArrayList<>();
        nodeFailures.clear();
        addressFailures = 0;
        if (stopped) {
            queue.stop();
        }
        return queue.lanes(concurrency);
    }

    /** No guest is read any more, but for those that are being read. */
    synchronized void stop() {
        stopped = true;
        queue.stop();
    }

    private boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /** The node of the guest answered, whatever it said. */
    public synchronized void answered(Guest guest) {
        answered = true;
        addressFailures = 0;
        nodeFailures.remove(guest.node());
    }

    /** From here on another address is asked. */
    public synchronized void moved() {
        answered = false;
    }

    /** Whether any guest got an answer at this address. */
    public synchronized boolean hasAnswers() {
        return answered;
    }

    /** Puts the guest aside, and with it those that would meet the same. */
    public synchronized void putAside(Guest guest, Obstacle obstacle, Reason reason, String message) {
        add(new Aside(guest, obstacle, reason, message));
        if (obstacle == Obstacle.NODE && nodeFailures.merge(guest.node(), 1, Integer::sum) >= IN_A_ROW) {
            giveUpNode(guest, message);
        }
        if (obstacle == Obstacle.ADDRESS && ++addressFailures >= IN_A_ROW) {
            queue.giveUp().forEach(other -> add(new Aside(other, Obstacle.ADDRESS, Reason.SERVER_ERROR, message)));
        }
    }

    private void add(Aside guest) {
        aside.add(guest);
        if (guest.obstacle() == Obstacle.NODE) {
            ofNodes.putIfAbsent(guest.guest().vmid(), guest);
        }
    }

    /** What the guest met first of its node, in this pass or before; else what it met now. */
    public synchronized Aside firstOfNode(Aside now) {
        return ofNodes.getOrDefault(now.guest().vmid(), now);
    }

    /** The other guests of the node are not asked for in this pass. */
    public synchronized void giveUpNode(Guest guest, String message) {
        queue.giveUp(guest.node()).forEach(other -> add(new Aside(other, Obstacle.NODE, Reason.NODE_OFFLINE, message)));
    }

    /** Whether the guest was looked for elsewhere already; from now on it was. */
    public synchronized boolean isNotThereAgain(Guest guest) {
        return !notThereBefore.add(guest.vmid());
    }

    /** Whether a guest waits to be looked for elsewhere. */
    public synchronized boolean isLookingForGuests() {
        return aside.stream().anyMatch(guest -> guest.obstacle() == Obstacle.NOT_THERE);
    }

    /** The guests that were put aside for this, which they are not any more. */
    public synchronized List<Aside> takeAside(Obstacle obstacle) {
        List<Aside> taken =
                aside.stream().filter(guest -> guest.obstacle() == obstacle).toList();
        aside = new ArrayList<>(
                aside.stream().filter(guest -> guest.obstacle() != obstacle).toList());
        return taken;
    }
}
