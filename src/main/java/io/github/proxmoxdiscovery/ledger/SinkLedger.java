package io.github.proxmoxdiscovery.ledger;

import io.github.proxmoxdiscovery.time.Doubling;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one sink has, and what it lacks. */
public final class SinkLedger {

    /** What it rejected is offered again after this, at the latest. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final Doubling PARKED = new Doubling(Duration.ofMinutes(5), LONGEST);

    private static final String ACKNOWLEDGE = "INSERT INTO acknowledged VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0)"
            + " ON CONFLICT (host, sink) DO UPDATE SET state = excluded.state, generation = excluded.generation,"
            + " revision = excluded.revision, again = 0, offered = 0, offered_generation = 0, unanswered = 0"
            + " WHERE excluded.revision >= acknowledged.revision AND excluded.revision >= acknowledged.offered"
            + " AND (acknowledged.revision <> excluded.revision OR acknowledged.state <> excluded.state"
            + " OR acknowledged.again <> 0 OR acknowledged.offered <> 0)";

    /** What was offered before and has no answer is not what it may have now: then it is told of the whole host. */
    private static final String OFFER = "INSERT INTO acknowledged VALUES (?, ?, 'removed', 0, 0, 0, ?, ?, 1)"
            + " ON CONFLICT (host, sink) DO UPDATE SET again = CASE WHEN acknowledged.unanswered > 0"
            + " AND acknowledged.offered <> excluded.offered THEN 1 ELSE acknowledged.again END,"
            + " unanswered = CASE WHEN acknowledged.offered = excluded.offered THEN acknowledged.unanswered + 1"
            + " ELSE 1 END, offered = excluded.offered, offered_generation = excluded.offered_generation";

    private static final String NOT_TAKEN = "UPDATE acknowledged SET unanswered = unanswered - 1"
            + " WHERE sink = ? AND host = ? AND offered = ? AND unanswered > 0";

    private static final String PARK = "INSERT INTO parked VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (host, sink)"
            + " DO UPDATE SET event = excluded.event, answer = excluded.answer, due = excluded.due,"
            + " times = CASE WHEN parked.event = excluded.event THEN parked.times + 1 ELSE 1 END";

    /** A removed host of which no sink has anything else needs its message no more. */
    private static final String FORGET = "UPDATE revision SET body = '' WHERE host = ? AND revision <= ? AND NOT EXISTS"
            + " (SELECT 1 FROM acknowledged a WHERE a.host = revision.host"
            + " AND (a.state <> 'removed' OR a.again = 1 OR a.unanswered > 0))";

    private final Database database;
    private final String sink;
    private final boolean all;
    private final String states;
    private final ChangeRules changes;
    private final Clock clock;

    /**
     * @param all whether it is told of every host, and never that one is gone; else only what it does not have
     * @param wantsExcluded whether it is told that a host is left out by the filters
     */
    SinkLedger(Database database, String sink, boolean all, boolean wantsExcluded, ChangeRules changes, Clock clock) {
        this.database = database;
        this.sink = sink;
        this.all = all;
        this.states = all ? " AND h.state = 'present'" : wantsExcluded ? "" : " AND h.state <> 'excluded'";
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Some events of a cluster.
     *
     * @param resting how many are left out, since the sink rejected them not long ago
     * @param last the id of the last host that was looked at, or empty if there is none after it
     */
    public record Page(List<Event> events, int resting, String last) {}

    /**
     * What the sink lacks of a cluster, in the order of the ids. Of a guest that was replaced the end is told first; its
     * successor is lacking when that was acknowledged. These count as offered: from now on the sink may have them,
     * unless {@link #notTaken} says that it does not.
     *
     * @param after the id after which to look, or empty for all
     * @param most how many hosts to look at
     */
    public Page lacking(String cluster, String after, int most) throws LedgerException {
        return database.transaction(tables -> {
            List<Difference> rows =
                    tables.list(Difference.page(states), Difference::of, sink, sink, cluster, after, most);
            List<Event> same = new ArrayList<>();
            List<Event> events = new ArrayList<>();
            int resting = 0;
            for (Difference row : rows) {
                Event event = all ? row.observed() : row.event(changes);
                if (row.isSame(event)) {
                    same.add(event);
                } else if (row.isParked(event, clock.instant())) {
                    resting++;
                } else {
                    events.add(event);
                }
            }
            acknowledge(tables, same);
            offer(tables, events);
            String last = rows.size() < most ? "" : rows.get(rows.size() - 1).id();
            return new Page(events, resting, last);
        });
    }

    /** How many hosts of a cluster the sink lacks, those included that it rejected. */
    public long lacks(String cluster) throws LedgerException {
        return database.transaction(tables -> tables.number(Difference.count(states), sink, cluster));
    }

    /** Since when the oldest state has been known that the sink lacks of a cluster; empty if it lacks none. */
    public Optional<Instant> lacksSince(String cluster) throws LedgerException {
        long at = database.transaction(tables -> tables.number(Difference.since(states), sink, cluster));
        return at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
    }

    /** How many hosts the sink rejected and has not taken since. */
    public long parked() throws LedgerException {
        return database.transaction(tables -> tables.number("SELECT COUNT(*) FROM parked WHERE sink = ?", sink));
    }

    /** The sink has these. */
    public void acknowledge(List<Event> events) throws LedgerException {
        database.transaction(tables -> {
            acknowledge(tables, events);
            return events;
        });
    }

    private void offer(Database tables, List<Event> events) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Event event : events) {
            rows.add(new @Nullable Object[] {sink, event.number(), event.revision(), event.generation()});
        }
        tables.all(OFFER, rows);
    }

    /** The sink surely has none of these of this time: it could not be reached, or refused them. */
    public void notTaken(List<Event> events) throws LedgerException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        events.forEach(event -> rows.add(new @Nullable Object[] {sink, event.number(), event.revision()}));
        database.transaction(tables -> {
            tables.all(NOT_TAKEN, rows);
            return events;
        });
    }

    private void acknowledge(Database tables, List<Event> events) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<@Nullable Object[]> hosts = new ArrayList<>();
        List<@Nullable Object[]> revisions = new ArrayList<>();
        List<@Nullable Object[]> removed = new ArrayList<>();
        for (Event event : events) {
            rows.add(new @Nullable Object[] {
                sink, event.number(), event.state().text(), event.generation(), event.revision()
            });
            hosts.add(new @Nullable Object[] {sink, event.number()});
            if (event.revision() > 1) {
                revisions.add(new @Nullable Object[] {event.number(), event.revision()});
            }
            if (event.type() == EventType.REMOVED && !event.isEndOfReplacedGuest()) {
                removed.add(new @Nullable Object[] {event.number(), event.revision()});
            }
        }
        tables.all(ACKNOWLEDGE, rows);
        if (hasParked(tables)) {
            tables.all("DELETE FROM parked WHERE sink = ? AND host = ?", hosts);
        }
        Revisions.free(tables, revisions);
        tables.all(FORGET, removed);
    }

    private boolean hasParked(Database tables) throws SQLException {
        return tables.number("SELECT COUNT(*) FROM parked WHERE sink = ?", sink) > 0;
    }

    /**
     * The sink rejected this, and would again: it is offered again after a while, twice as long each further time, and
     * at once when there is something new to be told of the host.
     */
    public void park(Event event, String answer) throws LedgerException {
        database.transaction(tables -> {
            long times = tables.number(
                    "SELECT times FROM parked WHERE sink = ? AND host = ? AND event = ?",
                    sink,
                    event.number(),
                    event.key());
            tables.update(NOT_TAKEN, sink, event.number(), event.revision());
            Instant due = clock.instant().plus(PARKED.after((int) times + 1));
            return tables.update(PARK, sink, event.number(), event.key(), answer, due.toEpochMilli());
        });
    }

    /** The hosts that the sink rejected and that are not to be offered yet, each with what it rejected. */
    public Map<Long, String> resting() throws LedgerException {
        return database.transaction(tables -> {
            Map<Long, String> resting = new HashMap<>();
            tables.list(
                            "SELECT host, event FROM parked WHERE sink = ? AND due > ? AND due <= ?",
                            row -> Map.entry(row.getLong(1), row.getString(2)),
                            sink,
                            clock.millis(),
                            clock.instant().plus(LONGEST).toEpochMilli())
                    .forEach(row -> resting.put(row.getKey(), row.getValue()));
            return resting;
        });
    }
}
