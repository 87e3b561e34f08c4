package io.github.proxmoxdiscovery.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host of which a sink does not have the last state.
 *
 * @param state what it is now
 * @param reason why it is not present, or null
 * @param has what the sink has of it, or null
 * @param replaced the end of the guest that the sink knows, or may know, under this number, or null
 * @param parked the event that the sink rejected, or null
 */
record Difference(
        long number,
        String id,
        HostState state,
        long generation,
        State now,
        @Nullable String reason,
        @Nullable Has has,
        @Nullable Replaced replaced,
        @Nullable Rejected parked) {

    /** More than this of old values is left out of an event: it travels in headers, of which servers take 8 KiB. */
    private static final int MOST_PREVIOUS_BYTES = 4096;

    private static final String LACKS = "(h.state = 'present' AND (a.host IS NULL OR a.again = 1 OR"
            + " a.revision <> h.revision) OR h.state = 'removed' AND (a.state <> 'removed' OR a.again = 1 OR"
            + " a.unanswered > 0) OR h.state = 'excluded' AND (a.state = 'present' OR a.again = 1 OR"
            + " a.unanswered > 0))";

    private static final String COLUMNS = "SELECT h.number, h.id, h.state, h.generation, h.revision, r.at, r.run,"
            + " r.body, r.hash, r.reason, a.state, a.again, a.offered, a.unanswered, o.body, o.hash, e.generation,"
            + " e.revision, e.at, e.run, e.body, p.event, p.due";

    private static final String HOSTS = " FROM host h LEFT JOIN acknowledged a ON a.sink = ? AND a.host = h.number";

    private static final String DETAILS = " LEFT JOIN parked p ON p.sink = ? AND p.host = h.number"
            + " JOIN revision r ON r.host = h.number AND r.revision = h.revision"
            + " LEFT JOIN revision o ON o.host = a.host AND o.revision = a.revision"
            + " LEFT JOIN ended e ON e.host = a.host AND e.generation ="
            + " CASE WHEN a.state = 'removed' THEN a.offered_generation ELSE a.generation END";

    /** Of a sink (twice), a cluster, after an id; at most so many. */
    static String page(String states) {
        return COLUMNS + HOSTS + DETAILS + " WHERE h.cluster = ? AND h.id > ? AND " + LACKS + states
                + " ORDER BY h.id LIMIT ?";
    }

    /** How many there are of a sink and a cluster. */
    static String count(String states) {
        return "SELECT COUNT(*)" + HOSTS + " WHERE h.cluster = ? AND " + LACKS + states;
    }

    /** A state of a host, and the run that saw it. */
    record State(long revision, Instant at, String run, String body, String hash) {}

    /** A guest that is no more, since another one has its number. */
    record Replaced(long generation, State end) {}

    /**
     * @param again whether the sink is to be told once more, or may have something else than it acknowledged
     * @param perhaps whether it may have what it was offered, though it did not say so
     */
    record Has(
            HostState state,
            boolean again,
            boolean perhaps,
            @Nullable String body,
            @Nullable String hash) {}

    record Rejected(String event, Instant due) {}

    static Difference of(ResultSet row) throws SQLException {
        return new Difference(
                row.getLong(1),
                row.getString(2),
                HostState.parse(row.getString(3)),
                row.getLong(4),
                new State(row.getLong(5), instant(row, 6), row.getString(7), row.getString(8), row.getString(9)),
                row.getString(10),
                has(row),
                replaced(row),
                row.getString(22) == null ? null : new Rejected(row.getString(22), instant(row, 23)));
    }

    private static @Nullable Has has(ResultSet row) throws SQLException {
        String state = row.getString(11);
        if (state == null) {
            return null;
        }
        boolean told = row.getInt(12) != 0;
        boolean unanswered = row.getInt(14) > 0;
        boolean superseded = unanswered && row.getLong(13) != row.getLong(5);
        return new Has(
                HostState.parse(state), told || superseded, told || unanswered, row.getString(15), row.getString(16));
    }

    /** Only of a guest that the sink believes to be there, or may believe to be. */
    private static @Nullable Replaced replaced(ResultSet row) throws SQLException {
        long generation = row.getLong(17);
        boolean ended = !row.wasNull();
        Has has = has(row);
        if (!ended || has == null || has.state() == HostState.REMOVED && !has.perhaps()) {
            return null;
        }
        return new Replaced(
                generation, new State(row.getLong(18), instant(row, 19), row.getString(20), row.getString(21), ""));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    /** Whether the sink has it as it is, though by another revision. */
    boolean isSame(Event event) {
        return state == HostState.PRESENT
                && replaced == null
                && has != null
                && has.state() == HostState.PRESENT
                && !has.again()
                && (now.hash().equals(has.hash()) || hasNothingToTell(event));
    }

    /** What makes a difference may have been another thing when one of the two hashes was made. */
    private boolean hasNothingToTell(Event event) {
        return event.type() == EventType.UPDATED
                && event.changed().isEmpty()
                && has != null
                && has.body() != null
                && ChangeRules.tree(has.body()) != null
                && ChangeRules.tree(now.body()) != null;
    }

    /** Whether the sink rejected it, and is not to be asked again by then. If the clock was set back, it is. */
    boolean isParked(Event event, Instant then) {
        return parked != null
                && parked.event().equals(event.key())
                && parked.due().isAfter(then)
                && !parked.due().isAfter(then.plus(SinkLedger.LONGEST));
    }

    Event observed() {
        return event(EventType.OBSERVED, List.of(), "");
    }

    /** What is to be told first. */
    Event event(ChangeRules rules) {
        if (replaced != null) {
            return ended(replaced.generation(), replaced.end());
        }
        if (state == HostState.PRESENT && has != null && has.state() == HostState.PRESENT && !has.again()) {
            return updated(rules, has.body() == null ? "" : has.body());
        }
        return event(typeOf(state), List.of(), "");
    }

    private Event ended(long ended, State end) {
        String body = Numbered.body(end.body(), ended, end.revision());
        return new Event(
                number,
                id,
                EventType.REMOVED,
                ended,
                end.revision(),
                end.at(),
                end.run(),
                Event.REPLACED,
                body,
                List.of(),
                "");
    }

    private static EventType typeOf(HostState state) {
        return switch (state) {
            case PRESENT -> EventType.DISCOVERED;
            case EXCLUDED -> EventType.EXCLUDED;
            case REMOVED -> EventType.REMOVED;
        };
    }

    private Event updated(ChangeRules rules, String before) {
        Map<String, @Nullable JsonNode> changes = rules.changes(before, now.body());
        return event(EventType.UPDATED, new ArrayList<>(changes.keySet()), previous(changes));
    }

    /** What was at these paths before, a JSON object; what is too long for a header is left out. */
    static String previous(Map<String, @Nullable JsonNode> changes) {
        ObjectNode previous = JsonNodeFactory.instance.objectNode();
        int length = 0;
        for (Map.Entry<String, @Nullable JsonNode> change : changes.entrySet()) {
            JsonNode old = change.getValue() == null ? JsonNodeFactory.instance.nullNode() : change.getValue();
            length += encodedLength(change.getKey()) + encodedLength(old.toString());
            if (length <= MOST_PREVIOUS_BYTES) {
                previous.set(change.getKey(), old);
            }
        }
        return previous.toString();
    }

    /** As an HTTP header at the most: what is not a letter or a digit may take three bytes for one. */
    private static int encodedLength(String text) {
        int plain = (int) text.chars()
                .filter(character -> character < 0x80 && Character.isLetterOrDigit(character))
                .count();
        return plain + 3 * (text.getBytes(StandardCharsets.UTF_8).length - plain);
    }

    private Event event(EventType type, List<String> changed, String previous) {
        String body = Numbered.body(now.body(), generation, now.revision());
        return new Event(
                number, id, type, generation, now.revision(), now.at(), now.run(), reason, body, changed, previous);
    }
}
