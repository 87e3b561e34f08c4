package io.github.proxmoxdiscovery.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.ledger.ChangeRules;
import io.github.proxmoxdiscovery.ledger.Event;
import io.github.proxmoxdiscovery.ledger.EventType;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.Observation;
import io.github.proxmoxdiscovery.ledger.Observation.ObservedHost;
import io.github.proxmoxdiscovery.ledger.RemovalRules;
import io.github.proxmoxdiscovery.ledger.SinkLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that took something may not have been able to say so: it broke off, or the program was killed. */
class WhatASinkMayHaveTest {

    private static final ChangeRules CHANGES = new ChangeRules(Set.of());
    private static final String FIRST = "uuid-1";

    @TempDir
    private Path folder;

    private Ledger ledger;
    private SinkLedger sink;
    private int runs;

    @BeforeEach
    void open() throws LedgerException {
        ledger = Ledger.open(folder, Clock.systemUTC(), warning -> {});
        sink = ledger.sink("http", false, false, CHANGES);
    }

    @AfterEach
    void close() throws LedgerException {
        ledger.close();
    }

    private void saw(String name, String uuid) throws LedgerException {
        String body =
                "{\"id\":\"lab/qemu/1/net0\",\"hostname\":\"" + name + "\",\"generation\":null,\"revision\":null}";
        record(List.of(new ObservedHost("lab/qemu/1/net0", "qemu/1", uuid, body)));
    }

    private void sawNothing() throws LedgerException {
        record(List.of());
    }

    private void record(List<ObservedHost> hosts) throws LedgerException {
        runs++;
        Observation seen = new Observation(
                "lab",
                "run-" + runs,
                Instant.now(),
                true,
                true,
                hosts,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                "all",
                "same");
        ledger.record(seen, CHANGES, new RemovalRules(1, 100));
    }

    private List<Event> offered() throws LedgerException {
        return sink.lacking("lab", "", 10).events();
    }

    private void tell() throws LedgerException {
        sink.acknowledge(offered());
    }

    @Test
    void whatItWasOfferedInBetweenIsTakenBackWhenAHostIsAgainAsItHas() throws LedgerException {
        saw("web", FIRST);
        tell();
        saw("db", FIRST);
        assertThat(offered()).extracting(Event::type).containsExactly(EventType.UPDATED);
        saw("web", FIRST);
        List<Event> again = offered();
        assertThat(again).extracting(Event::type).containsExactly(EventType.DISCOVERED);
        assertThat(again).extracting(Event::revision).containsExactly(3L);
        assertThat(offered()).isEqualTo(again);
        sink.acknowledge(again);
        assertThat(offered()).isEmpty();
    }

    @Test
    void isToldThatAHostIsGoneOfWhichItWasOnlyOfferedThatItIsThere() throws LedgerException {
        saw("web", FIRST);
        offered();
        sawNothing();
        assertThat(sink.lacks("lab")).isEqualTo(1);
        assertThat(offered()).singleElement().satisfies(gone -> {
            assertThat(gone.type()).isEqualTo(EventType.REMOVED);
            assertThat(gone.body()).contains("\"hostname\":\"web\"");
        });
        tell();
        assertThat(offered()).isEmpty();
    }

    @Test
    void isToldNothingOfAHostThatCameAndWentWhileItWasNotAsked() throws LedgerException {
        saw("web", FIRST);
        sawNothing();
        assertThat(offered()).isEmpty();
    }

    @Test
    void isToldNothingOfAHostThatWasNotSentAfterAll() throws LedgerException {
        saw("web", FIRST);
        List<Event> hosts = offered();
        sink.notTaken(hosts);
        sawNothing();
        assertThat(offered()).isEmpty();
    }

    @Test
    void isToldNothingOfAHostThatItRejected() throws LedgerException {
        saw("web", FIRST);
        sink.park(offered().get(0), "422");
        sawNothing();
        assertThat(offered()).isEmpty();
    }

    @Test
    void mayHaveWhatWasSentBeforeEvenIfItIsNotSentNow() throws LedgerException {
        saw("web", FIRST);
        List<Event> hosts = offered();
        offered();
        sink.notTaken(hosts);
        sawNothing();
        assertThat(offered()).extracting(Event::type).containsExactly(EventType.REMOVED);
    }

    @Test
    void hasWhatItTookEvenIfTheNextRunWasFaster() throws LedgerException {
        saw("web", FIRST);
        List<Event> first = offered();
        saw("db", FIRST);
        sink.acknowledge(first);
        assertThat(offered()).singleElement().satisfies(update -> {
            assertThat(update.changed()).containsExactly("hostname");
            assertThat(update.previous()).isEqualTo("{\"hostname\":\"web\"}");
        });
    }

    @Test
    void isToldWhatWasReplacedEvenIfTheNextRunWasFaster() throws LedgerException {
        saw("web", FIRST);
        List<Event> first = offered();
        saw("db", "uuid-2");
        sink.acknowledge(first);
        assertThat(offered()).singleElement().satisfies(end -> {
            assertThat(end.isEndOfReplacedGuest()).isTrue();
            assertThat(end.body()).contains("\"hostname\":\"web\"");
        });
    }

    @Test
    void anotherSinkThatIsFasterTakesNothingAwayFromIt() throws LedgerException {
        SinkLedger other = ledger.sink("file", false, false, CHANGES);
        saw("web", FIRST);
        offered();
        other.acknowledge(other.lacking("lab", "", 10).events());
        sawNothing();
        other.acknowledge(other.lacking("lab", "", 10).events());
        assertThat(offered())
                .singleElement()
                .satisfies(gone -> assertThat(gone.body()).contains("\"hostname\":\"web\""));
    }
}
