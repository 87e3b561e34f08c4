package io.github.proxmoxdiscovery.route;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one sink has before it. It gets one delivery after the other, so many clusters wait for each other here: a sink
 * that takes hosts has its whole time for each, one that takes none does not hold them all up once more.
 */
final class Backlog {

    private final Set<Delivery> waiting = new LinkedHashSet<>();
    private @Nullable Delivery current;
    private boolean takes = true;

    /** Puts a delivery behind the others; or says why it must not wait: it would for ever, or pile up. */
    synchronized Optional<String> add(Delivery delivery) {
        if (current != null && current.isOver()) {
            return Optional.of("has not come back since it was given the run " + current.runId());
        }
        if (waiting.stream().anyMatch(other -> other.cluster().equals(delivery.cluster()))) {
            return Optional.of("is behind: the last run of this cluster still waits for it");
        }
        waiting.add(delivery);
        return Optional.empty();
    }

    /** The sink turns to a delivery; the time of that begins. */
    synchronized void begin(Delivery delivery) {
        waiting.remove(delivery);
        current = delivery;
        delivery.begin(takes);
    }

    /** The sink's route is back from a delivery. */
    synchronized void back(Delivery delivery) {
        current = null;
        takes = delivery.ok() > 0 || delivery.failed() == 0;
    }

    /** Takes away what waits. */
    synchronized List<Delivery> drain() {
        List<Delivery> drained = List.copyOf(waiting);
        waiting.clear();
        return drained;
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
