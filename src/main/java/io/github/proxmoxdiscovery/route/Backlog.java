package io.github.proxmoxdiscovery.route;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one sink has before it. It gets one delivery after the other, so many clusters wait for each other here: a sink
 * that takes hosts has its whole time for each, one that takes none does not hold them all up once more. Of a cluster
 * one delivery waits at most, for the sink is told of the newest state whichever it is.
 */
final class Backlog {

    private final Set<Delivery> waiting = new LinkedHashSet<>();
    private @Nullable Delivery current;
    private boolean takes = true;

    /**
     * What becomes of a delivery.
     *
     * @param waits whether it waits for its turn
     * @param needless one that needs not be made now, or null: this one, or one that waited
     * @param hangs why nothing must wait for the sink, or empty
     */
    record Added(boolean waits, @Nullable Delivery needless, String hangs) {}

    /** Puts a delivery behind the others, in the place of one of the same cluster unless that tells more. */
    synchronized Added add(Delivery delivery) {
        if (current != null && current.isOver()) {
            return new Added(false, null, "has not come back since it was given the run " + current.runId());
        }
        Optional<Delivery> other = waiting.stream()
                .filter(waits -> waits.cluster().equals(delivery.cluster()))
                .findFirst();
        boolean covered = other.isPresent() && delivery.run().isQuick();
        if (covered) {
            return new Added(false, delivery, "");
        }
        other.ifPresent(waiting::remove);
        waiting.add(delivery);
        return new Added(true, other.orElse(null), "");
    }

    /** The sink turns to a delivery; the time of that begins. */
    synchronized void begin(Delivery delivery) {
        waiting.remove(delivery);
        current = delivery;
        delivery.begin(takes);
    }

    /** The sink's route is back from a delivery. */
    synchronized void back(Delivery delivery) {
        if (current == delivery) {
            current = null;
            takes = delivery.ok() > 0 || delivery.failed() == 0;
        }
    }

    /** Takes away what waits. */
    synchronized List<Delivery> drain() {
        List<Delivery> drained = List.copyOf(waiting);
        waiting.clear();
        return drained;
    }

    /** Whether nothing is being delivered, or what is hangs since its time was over. */
    synchronized boolean isQuiet() {
        return waiting.isEmpty() && (current == null || current.isOver());
    }

    /** Whether the sink fails at what it is given. */
    synchronized boolean isFailing() {
        return current != null && !current.isOver() && !current.failure().isEmpty();
    }

    /** Whether a delivery of a cluster waits for its turn. */
    synchronized boolean waitsFor(String cluster) {
        return waiting.stream().anyMatch(delivery -> delivery.cluster().equals(cluster));
    }

    /** Whether this is what the sink is at. */
    synchronized boolean isCurrent(Delivery delivery) {
        return current == delivery;
    }

    /** All that is not over yet. */
    synchronized List<Delivery> open() {
        Set<Delivery> open = new LinkedHashSet<>(waiting);
        if (current != null) {
            open.add(current);
        }
        return List.copyOf(open);
    }
}
