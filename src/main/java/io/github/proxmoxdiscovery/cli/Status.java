package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.ChangeRules;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.LedgerStatus.OfCluster;
import io.github.proxmoxdiscovery.ledger.Parked;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.Emit;
import io.github.proxmoxdiscovery.settings.Settings;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the ledger says of what is configured.
 *
 * @param clusters those that are configured, in their order
 * @param sinks those that are chosen, in their order
 * @param parked what these sinks rejected, by sink and host
 */
record Status(List<OfCluster> clusters, List<OfSink> sinks, List<Parked> parked) {

    /**
     * What a sink has.
     *
     * @param lacks hosts of which it does not have the last state, those included that it rejected
     */
    record OfSink(String name, Emit emit, long has, long lacks, long parked) {}

    /** @param masked takes secrets out of a text: a sink may answer with what it was sent */
    static Status of(Ledger ledger, Settings settings, UnaryOperator<String> masked) throws LedgerException {
        List<String> chosen = settings.sinks().stream().map(SinkSettings::name).toList();
        List<Parked> parked = ledger.parked().stream()
                .filter(host -> chosen.contains(host.sink()))
                .map(host -> masked(host, masked))
                .toList();
        List<OfSink> sinks = new ArrayList<>();
        for (SinkSettings sink : settings.sinks()) {
            long rejected = parked.stream()
                    .filter(host -> host.sink().equals(sink.name()))
                    .count();
            sinks.add(new OfSink(
                    sink.name(),
                    sink.emit(),
                    ledger.status().has(sink.name()),
                    lacks(sink, ledger, settings),
                    rejected));
        }
        return new Status(clusters(ledger, settings), sinks, parked);
    }

    private static List<OfCluster> clusters(Ledger ledger, Settings settings) throws LedgerException {
        List<OfCluster> known = ledger.status().clusters();
        return settings.clusters().stream()
                .map(ClusterSettings::name)
                .map(name -> known.stream()
                        .filter(cluster -> cluster.name().equals(name))
                        .findFirst()
                        .orElseGet(() -> new OfCluster(name, 0, 0, 0, Optional.empty())))
                .toList();
    }

    private static long lacks(SinkSettings sink, Ledger ledger, Settings settings) throws LedgerException {
        ChangeRules changes = new ChangeRules(settings.discovery().changesIgnored());
        long lacks = 0;
        for (ClusterSettings cluster : settings.clusters()) {
            lacks += ledger.sink(sink.name(), sink.emit() == Emit.ALL, sink.tellsExcluded(), changes)
                    .lacks(cluster.name());
        }
        return lacks;
    }

    private static Parked masked(Parked host, UnaryOperator<String> masked) {
        return new Parked(host.sink(), host.id(), masked.apply(host.answer()), host.times(), host.due());
    }

    /** How many hosts, and the verb after it. */
    static String hosts(long count) {
        return count == 1 ? "1 host is" : count + " hosts are";
    }
}
