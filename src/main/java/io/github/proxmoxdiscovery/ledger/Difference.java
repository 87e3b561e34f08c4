package io.github.proxmoxdiscovery.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * @param replaced the end of the guest that the sink knows under this number, or null
 * @param parked the event that the sink rejected, or null
 * @param doubtful whether it was offered something that it did not acknowledge, and may have all the same
 */
record Difference(
        long number,
        String id,
        HostState state,
        long generation,
        State now,
        @Nullable String reason,
        @Nullable Has has,
        @Nullable State replaced,
        @Nullable Rejected parked,
        boolean doubtful) {

    /** More than this of old values is left out of an event: it travels in headers. */
    private static final int MOST_PREVIOUS_CHARS = 4096;

    private static final String LACKS = "(h.state = 'present' AND (a.host IS NULL OR a.again = 1 OR"
            + " a.revision <> h.revision) OR h.state = 'removed' AND (a.state IN ('present', 'excluded') OR f.host > 0)"
            + " OR h.state = 'excluded' AND (a.state = 'present' OR f.host > 0))";

    private static final String COLUMNS = "SELECT h.number, h.id, h.state, h.generation, h.revision, r.at, r.run,"
            + " r.body, r.hash, r.reason, a.state, a.generation, a.again, o.body, o.hash, e.revision, e.at, e.run,"
            + " p.event, p.due, f.host";

    private static final String HOSTS = " FROM host h LEFT JOIN acknowledged a ON a.sink = ? AND a.host = h.number"
            + " LEFT JOIN offered f ON f.sink = ? AND f.host = h.number";

    private static final String DETAILS = " LEFT JOIN parked p ON p.sink = ? AND p.host = h.number"
            + " JOIN revision r ON r.host = h.number AND r.revision = h.revision"
            + " LEFT JOIN revision o ON o.host = a.host AND o.revision = a.revision"
            + " LEFT JOIN ended e ON e.host = a.host AND e.generation = a.generation";

    /** Of a sink (three times), a cluster, after an id; at most so many. */
    static String page(String states) {
        return COLUMNS + HOSTS + DETAILS + " WHERE h.cluster = ? AND h.id > ? AND " + LACKS + states
                + " ORDER BY h.id LIMIT ?";
    }

    /** How many there are of a sink (twice) and a cluster. */
    static String count(String states) {
        return "SELECT COUNT(*)" + HOSTS + " WHERE h.cluster = ? AND " + LACKS + states;
    }

    /** A state of a host, and the run that saw it. */
    record State(long revision, Instant at, String run, String body, String hash) {}

    /** @param again whether the sink is to be told once more */
    record Has(
            HostState state,
            long generation,
            boolean again,
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
                row.getString(19) == null ? null : new Rejected(row.getString(19), instant(row, 20)),
                row.getLong(21) > 0);
    }

    private static @Nullable Has has(ResultSet row) throws SQLException {
        String state = row.getString(11);
        return state == null
                ? null
                : new Has(
                        HostState.parse(state),
                        row.getLong(12),
                        row.getInt(13) != 0,
                        row.getString(14),
                        row.getString(15));
    }

    /** Only for a guest that the sink believes to be there. */
    private static @Nullable State replaced(ResultSet row) throws SQLException {
        long revision = row.getLong(16);
        boolean ended = !row.wasNull() && !HostState.REMOVED.text().equals(row.getString(11));
        String body = row.getString(14);
        return ended && body != null ? new State(revision, instant(row, 17), row.getString(18), body, "") : null;
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    /** Whether the sink has it as it is, though by another revision. */
    boolean isSame() {
        return !doubtful && hasSame();
    }

    private boolean hasSame() {
        return state == HostState.PRESENT
                && replaced == null
                && has != null
                && has.state() == HostState.PRESENT
                && !has.again()
                && now.hash().equals(has.hash());
    }

    /** Whether the sink rejected it, and is not to be asked again by then. */
    boolean isParked(Event event, Instant then) {
        return parked != null
                && parked.event().equals(event.key())
                && parked.due().isAfter(then);
    }

    Event observed() {
        return event(EventType.OBSERVED, List.of(), "");
    }

    /** What is to be told first. */
    Event event(ChangeRules rules) {
        if (replaced != null && has != null) {
            String body = Numbered.body(replaced.body(), has.generation(), replaced.revision());
            return new Event(
                    number,
                    id,
                    EventType.REMOVED,
                    has.generation(),
                    replaced.revision(),
                    replaced.at(),
                    replaced.run(),
                    Event.REPLACED,
                    body,
                    List.of(),
                    "");
        }
        boolean known = has != null && has.state() == HostState.PRESENT && !has.again();
        if (state == HostState.PRESENT && known && !hasSame()) {
            return updated(rules, has.body() == null ? "" : has.body());
        }
        return event(typeOf(state), List.of(), "");
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
        ObjectNode previous = JsonNodeFactory.instance.objectNode();
        int length = 0;
        for (Map.Entry<String, @Nullable JsonNode> change : changes.entrySet()) {
            JsonNode old = change.getValue() == null ? JsonNodeFactory.instance.nullNode() : change.getValue();
            length += change.getKey().length() + old.toString().length();
            if (length <= MOST_PREVIOUS_CHARS) {
                previous.set(change.getKey(), old);
            }
        }
        return event(EventType.UPDATED, new ArrayList<>(changes.keySet()), previous.toString());
    }

    private Event event(EventType type, List<String> changed, String previous) {
        String body = Numbered.body(now.body(), generation, now.revision());
        return new Event(
                number, id, type, generation, now.revision(), now.at(), now.run(), reason, body, changed, previous);
    }
}
