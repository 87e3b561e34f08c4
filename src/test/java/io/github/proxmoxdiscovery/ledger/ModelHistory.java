package io.github.proxmoxdiscovery.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.ledger.SinkLedger.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One history of a cluster, step by step: the same is done to a ledger and to the models beside it. */
final class ModelHistory implements AutoCloseable {

    private static final int GUESTS = 12;
    private static final int PAGE = 4;

    /** What happens. */
    enum Action {
        CREATE,
        DELETE,
        REUSE,
        MIGRATE,
        RENAME,
        ADD_INTERFACE,
        REMOVE_INTERFACE,
        SILENCE,
        PRIVILEGES,
        FILTER,
        SETTINGS,
        FULL_RUN,
        INCOMPLETE_RUN,
        QUICK_RUN,
        DELIVER,
        DELIVER_PART,
        REPLY_LOST,
        SINK_DOWN,
        REJECT,
        RUN_WHILE_DELIVERING,
        STOP_AND_START,
        CRASH,
        RESYNC,
        CONFIRM,
        CLOCK
    }

    /** @param number which guest or sink, and how */
    record Step(Action action, int number) {}

    private final Path folder;
    private TestLedger lab;
    private int crashes;
    private final ModelCluster cluster = new ModelCluster();
    private final ModelKnown known = new ModelKnown();
    private final List<ModelSink> sinks = List.of(new ModelSink("one", true), new ModelSink("two", false));
    private final Map<String, Long> revisions = new TreeMap<>();

    ModelHistory(Path folder) throws LedgerException {
        this.folder = folder;
        this.lab = new TestLedger(folder.resolve("0"));
    }

    void go(List<Step> steps) throws IOException {
        for (int vmid = 0; vmid < GUESTS; vmid++) {
            cluster.create(vmid);
        }
        for (Step step : steps) {
            happens(step.action(), step.number());
        }
        heal();
    }

    private void happens(Action action, int number) throws IOException {
        int vmid = number % GUESTS;
        ModelSink sink = sinks.get(number % 2);
        switch (action) {
            case CREATE -> cluster.create(vmid);
            case DELETE -> cluster.delete(vmid);
            case REUSE -> cluster.reuse(vmid);
            case MIGRATE -> cluster.migrate(vmid, number / GUESTS);
            case RENAME -> cluster.rename(vmid, number / GUESTS);
            case ADD_INTERFACE -> cluster.addInterface(vmid, number / GUESTS);
            case REMOVE_INTERFACE -> cluster.removeInterface(vmid, number / GUESTS);
            case SILENCE -> cluster.silence(vmid);
            case PRIVILEGES -> cluster.privileged = !cluster.privileged;
            case FILTER -> cluster.filtered = !cluster.filtered;
            case SETTINGS -> cluster.settings++;
            case FULL_RUN -> run(true, -1);
            case INCOMPLETE_RUN -> run(true, number % 3);
            case QUICK_RUN -> run(false, number % 3);
            case STOP_AND_START -> lab.reopen();
            case CRASH -> crash();
            case RESYNC -> resync(sink);
            case CONFIRM -> confirm();
            case CLOCK -> lab.clock.wait(Duration.ofHours(number % 97 - 48));
            default -> deliver(action, sink, number / 2);
        }
    }

    private void run(boolean full, int down) throws LedgerException {
        List<TestHost> seen = cluster.seen(down);
        if (!full) {
            seen.removeIf(host -> host.vmid() % 3 == down);
        }
        lab.permissions = cluster.permissions();
        lab.settings = "settings " + cluster.settings;
        lab.excluded = cluster.excluded();
        known.begin();
        known.look(full, down < 0, seen, lab.excluded, lab.permissions, lab.settings);
        Recorded recorded = lab.record(full, down < 0, seen);
        assertThat(recorded.removed()).isEqualTo(known.removals());
        assertThat(recorded.hosts()).hasSameSizeAs(seen);
        for (Recorded.RecordedHost host : recorded.hosts()) {
            assertThat(host.revision()).isGreaterThanOrEqualTo(revisions.getOrDefault(host.id(), 0L));
            revisions.put(host.id(), host.revision());
        }
        check();
    }

    /** What the ledger believes is what the model of its rules believes. */
    private void check() throws LedgerException {
        assertThat(lab.ledger.held("lab")).hasSize((int) known.held());
        List<String> present = new ArrayList<>();
        lab.ledger.forEachPresent("lab", host -> present.add(host.id()));
        assertThat(present).containsExactlyElementsOf(known.present().keySet());
    }

    private void crash() throws IOException {
        Path copy = Files.createDirectory(folder.resolve(String.valueOf(++crashes)));
        for (String name : List.of("ledger.db", "ledger.db-wal")) {
            Files.copy(lab.folder.resolve(name), copy.resolve(name));
        }
        String epoch = lab.ledger.epoch();
        lab.close();
        TestLedger next = new TestLedger(copy);
        next.clock.now = lab.clock.now;
        lab = next;
        assertThat(lab.ledger.epoch()).isEqualTo(epoch);
        check();
    }

    private void resync(ModelSink sink) throws LedgerException {
        lab.ledger.resync(sink.name);
        sink.rejected.clear();
        sink.resync();
    }

    private void confirm() throws LedgerException {
        assertThat(lab.ledger.confirmRemovals("lab")).isEqualTo((int) known.held());
        known.confirm();
    }

    private SinkLedger ledger(ModelSink sink) {
        return lab.ledger.sink(sink.name, false, sink.wantsExcluded, lab.changes);
    }

    private Page offered(ModelSink sink, String after) throws LedgerException {
        Page page = ledger(sink).lacking("lab", after, PAGE);
        sink.offered(page.events(), known);
        return page;
    }

    private void deliver(Action action, ModelSink sink, int number) throws IOException {
        if (action == Action.DELIVER) {
            deliverAll(sink);
            return;
        }
        List<Event> events = offered(sink, "").events();
        List<Event> part = events.subList(0, Math.min(events.size(), number % PAGE));
        switch (action) {
            case DELIVER_PART -> {
                takeAndSay(sink, part);
                sink.doubts(events.subList(part.size(), events.size()));
            }
            case REPLY_LOST -> {
                sink.doubts(events);
                sink.takes(part);
            }
            case SINK_DOWN -> ledger(sink).notTaken(events);
            case REJECT -> reject(sink, events, part);
            default -> {
                run(true, number % 4 - 1);
                takeAndSay(sink, events);
            }
        }
    }

    private void takeAndSay(ModelSink sink, List<Event> events) throws LedgerException {
        sink.takes(events);
        ledger(sink).acknowledge(events);
        sink.acknowledges(events);
    }

    private void reject(ModelSink sink, List<Event> events, List<Event> bad) throws LedgerException {
        for (Event event : bad) {
            ledger(sink).park(event, "422");
            sink.rejected.add(event.id());
        }
        takeAndSay(sink, events.subList(bad.size(), events.size()));
    }

    private void deliverAll(ModelSink sink) throws LedgerException {
        int told;
        do {
            told = 0;
            String after = "";
            do {
                Page page = offered(sink, after);
                takeAndSay(sink, page.events());
                told += page.events().size();
                after = page.last();
            } while (!after.isEmpty());
        } while (told > 0);
        if (sink.rejected.isEmpty()) {
            assertThat(ledger(sink).lacks("lab")).isZero();
            checkFold(sink, known.present());
        }
    }

    private static void checkFold(ModelSink sink, Map<String, TestHost> hosts) {
        assertThat(sink.fold.keySet()).containsAll(hosts.keySet());
        if (sink.wantsExcluded) {
            assertThat(sink.fold.keySet()).isEqualTo(hosts.keySet());
        }
        hosts.forEach((id, host) -> {
            ModelSink.Held held = sink.fold.get(id);
            assertThat(held.hostname()).isEqualTo(host.name());
            assertThat(held.node()).isEqualTo(host.node());
            assertThat(held.uuid()).isEqualTo(host.uuid());
        });
    }

    private void heal() throws IOException {
        cluster.heal();
        run(true, -1);
        run(true, -1);
        confirm();
        run(true, -1);
        lab.clock.wait(Duration.ofDays(1000));
        for (ModelSink sink : sinks) {
            sink.rejected.clear();
            deliverAll(sink);
            checkFold(sink, cluster.hosts);
            assertThat(sink.fold.keySet()).isEqualTo(cluster.hosts.keySet());
            sink.fold.forEach((id, held) -> checkWhole(held, cluster.hosts.get(id)));
        }
        assertThat(lab.ledger.parked()).isEmpty();
        assertThat(lab.warnings).isEqualTo(List.of());
        assertThat(Set.copyOf(known.present().values())).isEqualTo(Set.copyOf(cluster.hosts.values()));
    }

    private static void checkWhole(ModelSink.Held held, TestHost host) {
        assertThat(held.addresses()).isEqualTo("[\"" + String.join("\",\"", host.ips()) + "\"]");
        assertThat(held.pool()).isEqualTo("shop");
    }

    @Override
    public void close() throws LedgerException {
        lab.close();
    }
}
