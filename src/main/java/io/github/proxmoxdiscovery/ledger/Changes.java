package io.github.proxmoxdiscovery.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what one run changes, as long as it is not too much to be told one by one. */
final class Changes {

    /** More than these are not told one by one: whoever wants them all reads all hosts. */
    static final int MOST = 1000;

    private final Observation seen;
    private final List<Event> events = new ArrayList<>();
    private boolean all = true;

    Changes(Observation seen) {
        this.seen = seen;
    }

    /** Whether there is room for one more; if there is none, it is left out. */
    boolean takes() {
        all &= events.size() < MOST;
        return all;
    }

    void discovered(long number, String id, long generation, long revision, String body) {
        add(number, id, EventType.DISCOVERED, generation, revision, null, body, Map.of());
    }

    /** @param changes the paths at which it differs from what was known, each with what was known */
    void updated(KnownHost host, long revision, String body, Map<String, @Nullable JsonNode> changes) {
        add(host.number(), host.id(), EventType.UPDATED, host.generation(), revision, null, body, changes);
    }

    /** The host is not there any more, or is left out by the filters from now on. */
    void left(KnownHost host, EventType type, long revision, String reason, String body) {
        add(host.number(), host.id(), type, host.generation(), revision, reason, body, Map.of());
    }

    private void add(
            long number,
            String id,
            EventType type,
            long generation,
            long revision,
            @Nullable String reason,
            String body,
            Map<String, @Nullable JsonNode> changes) {
        events.add(new Event(
                number,
                id,
                type,
                generation,
                revision,
                seen.at(),
                seen.run(),
                reason,
                Numbered.body(body, generation, revision),
                List.copyOf(changes.keySet()),
                changes.isEmpty() ? "" : Difference.previous(changes)));
    }

    List<Event> events() {
        return events;
    }

    boolean all() {
        return all;
    }
}
