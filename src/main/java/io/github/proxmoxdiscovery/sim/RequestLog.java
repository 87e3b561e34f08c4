package io.github.proxmoxdiscovery.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * All requests of a cluster, and how many were in flight at once. A request is in flight from when it was read until
 * its answer starts, so a client that keeps a limit is never seen above it.
 */
public final class RequestLog {

    private static final String ALL = "all";

    private final Map<Long, RecordedRequest> requests = new LinkedHashMap<>();
    private final Set<Long> open = new HashSet<>();
    private final Map<String, Integer> inFlight = new HashMap<>();
    private final Map<String, Integer> marks = new HashMap<>();
    private long lastNumber;
    private int connections;
    private int lastConnection;

    RequestLog() {}

    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests.values());
    }

    public List<RecordedRequest> requests(Predicate<RecordedRequest> predicate) {
        return requests().stream().filter(predicate).toList();
    }

    public synchronized int size() {
        return requests.size();
    }

    /** TLS handshakes completed. */
    public synchronized int connections() {
        return connections;
    }

    /** The most requests at once, over all nodes. */
    public int maxInFlight() {
        return mark(ALL);
    }

    public int maxInFlight(String node) {
        return mark("node " + node);
    }

    /** The most protected calls into guests at once on the node. */
    public int maxGuestCallsInFlight(String node) {
        return mark("calls " + node);
    }

    /** The most requests at once for any single guest. */
    public synchronized int maxInFlightOfOneGuest() {
        return marks.entrySet().stream()
                .filter(mark -> mark.getKey().startsWith("guest "))
                .mapToInt(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    /** Forgets what was; requests in flight stay counted. */
    public synchronized void clear() {
        requests.keySet().retainAll(open);
        marks.clear();
        connections = 0;
    }

    /** The first request that matches, which may have come already; waits for it otherwise. */
    public RecordedRequest awaitRequest(Predicate<RecordedRequest> predicate, Duration timeout)
            throws InterruptedException {
        List<RecordedRequest> found = new ArrayList<>();
        await(() -> requests.values().stream().filter(predicate).limit(1).anyMatch(found::add), timeout);
        return found.get(0);
    }

    /** Waits until this many requests have come. */
    public void awaitSize(int size, Duration timeout) throws InterruptedException {
        await(() -> requests.size() >= size, timeout);
    }

    private synchronized void await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException("not within " + timeout + "; received: " + requests.values());
            }
            wait(left);
        }
    }

    /** @return the number of the connection */
    synchronized int connected() {
        connections++;
        return ++lastConnection;
    }

    synchronized long begin(HttpRequest request, Arrival arrival) {
        RecordedRequest received = RecordedRequest.of(++lastNumber, request, arrival);
        requests.put(lastNumber, received);
        open.add(lastNumber);
        keys(received).forEach(key -> marks.merge(key, inFlight.merge(key, 1, Integer::sum), Math::max));
        notifyAll();
        return lastNumber;
    }

    /** Only the first end of a request counts. */
    synchronized void end(long number, int status) {
        RecordedRequest received = requests.get(number);
        if (received != null && open.remove(number)) {
            requests.put(number, received.answered(status));
            keys(received).forEach(key -> inFlight.merge(key, -1, Integer::sum));
            notifyAll();
        }
    }

    private synchronized int mark(String key) {
        return marks.getOrDefault(key, 0);
    }

    private static List<String> keys(RecordedRequest request) {
        List<String> keys = new ArrayList<>(List.of(ALL, "node " + request.node()));
        if (request.isGuestCall()) {
            keys.add("calls " + request.node());
        }
        if (!request.guest().isEmpty()) {
            keys.add("guest " + request.guest());
        }
        return keys;
    }
}
