package io.github.proxmoxdiscovery.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The last events, for a client that was away for a while. */
public final class EventRing {

    private final int most;
    private final int mostChars;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private int chars;

    /**
     * Keeps so much and no more.
     *
     * @param most events
     * @param mostChars characters of all of them
     */
    public EventRing(int most, int mostChars) {
        this.most = most;
        this.mostChars = mostChars;
    }

    /**
     * An event.
     *
     * @param id what no other event has
     * @param json the event itself, on one line
     */
    public record Entry(String id, String json) {

        /** As it is sent (server-sent events of the HTML standard). */
        public String text() {
            // A route file may put anything into an id; a line end would begin another field.
            return "id: " + id.replaceAll("[\\r\\n\\x00]", " ") + "\ndata: " + json + "\n\n";
        }
    }

    public synchronized void add(Collection<Entry> newer) {
        for (Entry entry : newer) {
            entries.add(entry);
            chars += entry.json().length();
        }
        while (entries.size() > most || chars > mostChars) {
            chars -= entries.remove().json().length();
        }
    }

    /** Forgets all: there were too many, and what comes next does not follow on what was before. */
    public synchronized void clear() {
        entries.clear();
        chars = 0;
    }

    /** What came after the event with this id; empty if that is not known any more. */
    public synchronized Optional<List<Entry>> after(String id) {
        List<Entry> after = new ArrayList<>();
        boolean found = false;
        for (Entry entry : entries) {
            if (found) {
                after.add(entry);
            }
            found |= entry.id().equals(id);
        }
        return found ? Optional.of(after) : Optional.empty();
    }
}
