package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.ledger.Event;
import io.github.proxmoxdiscovery.ledger.EventType;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.Recorded.RecordedHost;
import io.github.proxmoxdiscovery.ledger.SinkLedger;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The events of one delivery, read a page at a time: the hosts of the run, if every run is told whole, and then what
 * the sink lacks.
 */
final class DeliverySource implements Iterator<Event> {

    private static final int PAGE = 500;

    private final SinkLedger ledger;
    private final String cluster;
    private final Iterator<RecordedHost> hosts;
    private final String run;
    private final Instant at;
    private final Set<Long> told = new HashSet<>();
    private final Set<Long> replaced = new HashSet<>();
    private final Deque<Event> page = new ArrayDeque<>();
    private final Predicate<Event> wanted;
    private String last = "";
    private boolean more = true;
    private int resting;

    /**
     * @param hosts what the run saw, or nothing if only what is lacking is told
     * @param dealtWith the numbers of those hosts that the sink has been given already
     */
    DeliverySource(
            SinkLedger ledger, String cluster, String run, Instant at, List<RecordedHost> hosts, Set<Long> dealtWith)
            throws LedgerException {
        this.ledger = ledger;
        this.cluster = cluster;
        this.run = run;
        this.at = at;
        this.wanted = event -> !told.contains(event.number());
        this.hosts = withoutResting(hosts, dealtWith).iterator();
    }

    private DeliverySource(DeliverySource before) {
        this.ledger = before.ledger;
        this.cluster = before.cluster;
        this.run = before.run;
        this.at = before.at;
        this.wanted = event -> before.replaced.contains(event.number()) && !event.isEndOfReplacedGuest();
        this.hosts = Collections.emptyIterator();
        this.more = !before.replaced.isEmpty();
    }

    /**
     * What is lacking of the guests that took the place of others, when the events of this source are dealt with: that
     * the others are gone must be acknowledged first.
     */
    DeliverySource successors() {
        return new DeliverySource(this);
    }

    private List<RecordedHost> withoutResting(List<RecordedHost> all, Set<Long> dealtWith) throws LedgerException {
        all.forEach(host -> told.add(host.number()));
        Map<Long, String> parked = all.isEmpty() ? Map.of() : ledger.resting();
        List<RecordedHost> offered = new ArrayList<>();
        for (RecordedHost host : all) {
            if (dealtWith.contains(host.number())) {
                continue;
            }
            if (observed(host).key().equals(parked.get(host.number()))) {
                resting++;
            } else {
                offered.add(host);
            }
        }
        return offered;
    }

    /** What was read and will not be sent any more. */
    List<Event> left() {
        return List.copyOf(page);
    }

    /** How many hosts are not offered, since the sink rejected them not long ago. */
    int resting() {
        return resting;
    }

    @Override
    public boolean hasNext() {
        while (!hosts.hasNext() && page.isEmpty() && more) {
            read();
        }
        return hosts.hasNext() || !page.isEmpty();
    }

    private void read() {
        try {
            SinkLedger.Page next = ledger.lacking(cluster, last, PAGE);
            next.events().stream().filter(wanted).forEach(page::add);
            ledger.notTaken(next.events().stream().filter(wanted.negate()).toList());
            page.stream().filter(Event::isEndOfReplacedGuest).forEach(event -> replaced.add(event.number()));
            resting += next.resting();
            last = next.last();
            more = !last.isEmpty();
        } catch (LedgerException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Event next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return hosts.hasNext() ? observed(hosts.next()) : page.remove();
    }

    private Event observed(RecordedHost host) {
        return new Event(
                host.number(),
                host.id(),
                EventType.OBSERVED,
                host.generation(),
                host.revision(),
                at,
                run,
                null,
                host.body(),
                List.of(),
                "");
    }
}
