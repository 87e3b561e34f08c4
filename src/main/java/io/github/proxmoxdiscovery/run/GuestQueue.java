package io.github.proxmoxdiscovery.run;

import io.github.proxmoxdiscovery.pve.Guest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The guests that are still to be read, handed out in lanes. A lane reads one guest after the other, so as many
 * requests are in flight as there are lanes. No node has more lanes than its limit: guests that wait for a slow node
 * hold no lane that another node could use, and a lane whose node has no guest left moves on to another one.
 */
public final class GuestQueue {

    private final int nodeConcurrency;
    private final BooleanSupplier over;
    private final List<NodeQueue> nodes = new ArrayList<>();
    private int next;
    private boolean stopped;

    /**
     * @param nodeConcurrency lanes of one node at most
     */
    public GuestQueue(Collection<Guest> guests, int nodeConcurrency) {
        this(guests, nodeConcurrency, () -> false);
    }

    /** @param over tells when no more guests are to be handed out */
    GuestQueue(Collection<Guest> guests, int nodeConcurrency, BooleanSupplier over) {
        this.over = over;
        this.nodeConcurrency = nodeConcurrency;
        Map<String, NodeQueue> byNode = new LinkedHashMap<>();
        for (Guest guest : guests) {
            byNode.computeIfAbsent(guest.node(), NodeQueue::new).add(guest);
        }
        nodes.addAll(byNode.values());
    }

    /** As many lanes as can be used, at most {@code concurrency}; together they hand out every guest once. */
    public List<Iterator<Guest>> lanes(int concurrency) {
        int useful = nodes.stream()
                .mapToInt(node -> Math.min(nodeConcurrency, node.unreserved))
                .sum();
        List<Iterator<Guest>> lanes = new ArrayList<>();
        for (int i = 0; i < Math.min(concurrency, useful); i++) {
            lanes.add(new Lane());
        }
        return lanes;
    }

    /** Hands out no more guests. */
    public synchronized void stop() {
        stopped = true;
    }

    /** Hands out no more guests of this node: here they are. */
    synchronized List<Guest> giveUp(String node) {
        return nodes.stream()
                .filter(queue -> queue.name.equals(node))
                .flatMap(queue -> queue.giveUp().stream())
                .toList();
    }

    /** Hands out no more guests at all: here they are. */
    synchronized List<Guest> giveUp() {
        return nodes.stream().flatMap(queue -> queue.giveUp().stream()).toList();
    }

    private synchronized @Nullable NodeQueue reserveAfter(@Nullable NodeQueue last) {
        if (stopped || over.getAsBoolean()) {
            return null;
        }
        if (last != null && last.reserve()) {
            return last;
        }
        if (last != null) {
            last.lanes--;
        }
        return moveOn();
    }

    private @Nullable NodeQueue moveOn() {
        for (int tried = 0; tried < nodes.size(); tried++) {
            NodeQueue node = nodes.get(next++ % nodes.size());
            if (node.lanes < nodeConcurrency && node.reserve()) {
                node.lanes++;
                return node;
            }
        }
        return null;
    }

    private synchronized Guest take(NodeQueue node) {
        return node.guests.remove();
    }

    private static final class NodeQueue {

        private final String name;
        private final Deque<Guest> guests = new ArrayDeque<>();
        private int unreserved;
        private int lanes;

        private NodeQueue(String name) {
            this.name = name;
        }

        private void add(Guest guest) {
            guests.add(guest);
            unreserved++;
        }

        private boolean reserve() {
            if (unreserved == 0) {
                return false;
            }
            unreserved--;
            return true;
        }

        /** The guests that no lane has been promised. */
        private List<Guest> giveUp() {
            List<Guest> rest = new ArrayList<>();
            for (; unreserved > 0; unreserved--) {
                rest.add(guests.removeLast());
            }
            return rest;
        }
    }

    /** Asking whether there is a next guest reserves it: ask when the one before is done, or it waits for that one. */
    private final class Lane implements Iterator<Guest> {

        private @Nullable NodeQueue node;
        private boolean reserved;
        private boolean ended;

        @Override
        public boolean hasNext() {
            if (!reserved && !ended) {
                node = reserveAfter(node);
                reserved = node != null;
                ended = !reserved;
            }
            return reserved;
        }

        @Override
        public Guest next() {
            if (!hasNext() || node == null) {
                throw new NoSuchElementException();
            }
            reserved = false;
            return take(node);
        }
    }
}
