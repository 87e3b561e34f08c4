package harness;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Who reads which guest: four at a time of each node, of whom two ask into a guest. */
final class PlainLanes {

    private static final int OF_NODE = 4;
    private static final int GUEST_CALLS = 2;

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Node> inTurn;
    private int next;

    /** What is done with a guest. */
    interface Work {
        void on(PlainGuest guest) throws IOException, InterruptedException;
    }

    /** A call into a guest. */
    interface Call {
        void made() throws IOException;
    }

    private static final class Node {
        private final Deque<PlainGuest> guests = new ArrayDeque<>();
        private final Semaphore calls = new Semaphore(GUEST_CALLS, true);
        private int lanes;
    }

    PlainLanes(Collection<PlainGuest> guests) {
        guests.forEach(guest -> nodes.computeIfAbsent(guest.node(), name -> new Node()).guests.add(guest));
        inTurn = new ArrayList<>(nodes.values());
    }

    /** Reads guests until no node has one left that may be read. */
    void run(Work work) throws IOException, InterruptedException {
        for (Node node = move(null); node != null; node = move(node)) {
            for (PlainGuest guest = poll(node); guest != null; guest = poll(node)) {
                work.on(guest);
            }
        }
    }

    void withinGuestCalls(PlainGuest guest, Call call) throws IOException, InterruptedException {
        Semaphore calls = nodes.get(guest.node()).calls;
        calls.acquire();
        try {
            call.made();
        } finally {
            calls.release();
        }
    }

    private synchronized PlainGuest poll(Node node) {
        return node.guests.poll();
    }

    private synchronized Node move(Node from) {
        if (from != null) {
            from.lanes--;
        }
        for (int tried = 0; tried < inTurn.size(); tried++) {
            Node node = inTurn.get(next++ % inTurn.size());
            if (node.lanes < OF_NODE && !node.guests.isEmpty()) {
                node.lanes++;
                return node;
            }
        }
        return null;
    }
}
