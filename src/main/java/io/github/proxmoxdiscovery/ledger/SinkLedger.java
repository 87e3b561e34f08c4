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
import org.jspecify.annotations.Nullable;

/** What one sink has, and what it lacks. */
public final class SinkLedger {

    private static final Doubling PARKED = new Doubling(Duration.ofMinutes(5), Duration.ofDays(1));

    private static final String ACKNOWLEDGE = "INSERT INTO acknowledged VALUES (?, ?, ?, ?, ?, 0)"
            + " ON CONFLICT (sink, host) DO UPDATE SET state = excluded.state, generation = excluded.generation,"
            + " revision = excluded.revision, again = 0 WHERE acknowledged.revision <> excluded.revision"
            + " OR acknowledged.state <> excluded.state OR acknowledged.again <> 0";

    private static final String PARK = "INSERT INTO parked VALUES (?, ?, ?, ?, 1, ?) ON CONFLICT (sink, host)"
            + " DO UPDATE SET event = excluded.event, answer = excluded.answer, due = excluded.due,"
            + " times = CASE WHEN parked.event = excluded.event THEN parked.times + 1 ELSE 1 END";

    private static final String OFFER = "INSERT INTO offered VALUES (?, ?, ?, 0) ON CONFLICT (sink, host)"
            + " DO UPDATE SET revision = excluded.revision, before = 1";

    private static final String WITHDRAW = "DELETE FROM offered WHERE sink = ? AND host = ? AND before = 0";

    /** A removed host of which no sink has anything else needs its message no more. */
    private static final String FORGET = "UPDATE revision SET body = '' WHERE host = ? AND NOT EXISTS (SELECT 1 FROM"
            + " acknowledged a WHERE a.host = revision.host AND a.state <> 'removed')"
            + " AND NOT EXISTS (SELECT 1 FROM offered f WHERE f.host = revision.host)";

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
     * successor is lacking when that was acknowledged. From now on the sink may have these events, whether it says so or
     * not: what is to be told of the hosts next is told on top of that.
     *
     * @param after the id after which to look, or empty for all
     * @param most how many hosts to look at
     */
    public Page lacking(String cluster, String after, int most) throws LedgerException {
        return database.transaction(tables -> {
            List<Difference> rows =
                    tables.list(Difference.page(states), Difference::of, sink, sink, sink, cluster, after, most);
            List<Event> same = new ArrayList<>();
            List<Event> events = new ArrayList<>();
            int resting = 0;
            for (Difference row : rows) {
                Event event = all ? row.observed() : row.event(changes);
                if (row.isSame()) {
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

    /** A sink that is told of every host in every run is brought to what is true by the next one. */
    private void offer(Database tables, List<Event> events) throws SQLException {
        if (!all) {
            List<@Nullable Object[]> rows = new ArrayList<>();
            events.forEach(event -> rows.add(new @Nullable Object[] {sink, event.number(), event.revision()}));
            tables.all(OFFER, rows);
        }
    }

    /**
     * What was to be told of these was not sent.
     *
     * @param hosts their numbers
     */
    public void withdraw(List<Long> hosts) throws LedgerException {
        database.transaction(tables -> {
            tables.all(WITHDRAW, rows(hosts));
            return hosts;
        });
    }

    private List<@Nullable Object[]> rows(List<Long> hosts) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        hosts.forEach(host -> rows.add(new @Nullable Object[] {sink, host}));
        return rows;
    }

    /** How many hosts of a cluster the sink lacks, those included that it rejected. */
    public long lacks(String cluster) throws LedgerException {
        return database.transaction(tables -> tables.number(Difference.count(states), sink, sink, cluster));
    }

    /** The sink has these. */
    public void acknowledge(List<Event> events) throws LedgerException {
        database.transaction(tables -> {
            acknowledge(tables, events);
            return events;
        });
    }

    private void acknowledge(Database tables, List<Event> events) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<@Nullable Object[]> revisions = new ArrayList<>();
        List<@Nullable Object[]> removed = new ArrayList<>();
        for (Event event : events) {
            rows.add(new @Nullable Object[] {
                sink, event.number(), event.state().text(), event.generation(), event.revision()
            });
            revisions.add(new @Nullable Object[] {event.number(), event.revision()});
            if (event.type() == EventType.REMOVED && !event.isEndOfReplacedGuest()) {
                removed.add(new @Nullable Object[] {event.number()});
            }
        }
        tables.all(ACKNOWLEDGE, rows);
        List<@Nullable Object[]> hosts = rows(events.stream().map(Event::number).toList());
        tables.all("DELETE FROM offered WHERE sink = ? AND host = ?", all ? List.of() : hosts);
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
            tables.update(WITHDRAW, sink, event.number());
            Instant due = clock.instant().plus(PARKED.after((int) times + 1));
            return tables.update(PARK, sink, event.number(), event.key(), answer, due.toEpochMilli());
        });
    }

    /** The hosts that the sink rejected and that are not to be offered yet, each with what it rejected. */
    public Map<Long, String> resting() throws LedgerException {
        return database.transaction(tables -> {
            Map<Long, String> resting = new HashMap<>();
            tables.list(
                            "SELECT host, event FROM parked WHERE sink = ? AND due > ?",
                            row -> Map.entry(row.getLong(1), row.getString(2)),
                            sink,
                            clock.millis())
                    .forEach(row -> resting.put(row.getKey(), row.getValue()));
            return resting;
        });
    }
}
