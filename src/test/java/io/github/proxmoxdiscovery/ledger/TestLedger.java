package io.github.proxmoxdiscovery.ledger;

import io.github.proxmoxdiscovery.ledger.SinkLedger.Page;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A ledger of a cluster called lab, and runs that are written into it. */
final class TestLedger implements AutoCloseable {

    final Path folder;
    final TestClock clock = new TestClock();
    final List<String> warnings = new ArrayList<>();
    Ledger ledger;
    ChangeRules changes = new ChangeRules(TestHost.IGNORED);
    RemovalRules rules = new RemovalRules(2, 20);
    String permissions = "all";
    String settings = "as ever";
    Set<String> excluded = Set.of();
    Set<String> unasked = Set.of();
    private int runs;

    TestLedger(Path folder) throws LedgerException {
        this.folder = folder;
        open();
    }

    /** A clock that is set by hand. */
    static final class TestClock extends Clock {

        Instant now = Instant.parse("2026-11-23T12:00:00Z");

        void wait(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    void open() throws LedgerException {
        ledger = Ledger.open(folder, clock, warnings::add);
    }

    void reopen() throws LedgerException {
        ledger.close();
        open();
    }

    Recorded full(TestHost... hosts) throws LedgerException {
        return record(true, true, List.of(hosts));
    }

    Recorded full(Collection<TestHost> hosts) throws LedgerException {
        return record(true, true, hosts);
    }

    Recorded incomplete(TestHost... hosts) throws LedgerException {
        return record(true, false, List.of(hosts));
    }

    Recorded quick(TestHost... hosts) throws LedgerException {
        return record(false, true, List.of(hosts));
    }

    Recorded record(boolean full, boolean complete, Collection<TestHost> hosts) throws LedgerException {
        return ledger.record(observation(full, complete, hosts), changes, rules);
    }

    Observation observation(boolean full, boolean complete, Collection<TestHost> hosts) {
        String run = "run" + ++runs;
        Set<String> guests = new TreeSet<>();
        hosts.forEach(host -> guests.add(host.guest()));
        return new Observation(
                "lab",
                run,
                clock.now,
                full,
                complete,
                hosts.stream()
                        .map(host -> host.observed(run, clock.now.toString()))
                        .toList(),
                guests,
                excluded,
                Set.of(),
                unasked,
                permissions,
                settings);
    }

    /** As another program reads it. */
    long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getLong(1);
        }
    }

    SinkLedger sink(String name) {
        return ledger.sink(name, false, true, changes);
    }

    /** Of the first page; nothing is acknowledged. */
    List<Event> offered(String sink) throws LedgerException {
        return sink(sink).lacking("lab", "", 500).events();
    }

    /** What the sink is told and takes, until it lacks nothing more. */
    List<String> told(String sink) throws LedgerException {
        return texts(taken(sink(sink)));
    }

    static List<Event> taken(SinkLedger sink) throws LedgerException {
        List<Event> all = new ArrayList<>();
        int before;
        do {
            before = all.size();
            String after = "";
            do {
                Page page = sink.lacking("lab", after, 3);
                sink.acknowledge(page.events());
                all.addAll(page.events());
                after = page.last();
            } while (!after.isEmpty());
        } while (all.size() > before);
        return all;
    }

    static List<String> texts(List<Event> events) {
        return events.stream()
                .map(event -> event.type().text() + " " + event.id() + " " + event.key()
                        + (event.reason() == null ? "" : " " + event.reason()))
                .toList();
    }

    @Override
    public void close() throws LedgerException {
        ledger.close();
    }
}
