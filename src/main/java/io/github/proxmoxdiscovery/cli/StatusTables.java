package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.ledger.LedgerStatus.OfCluster;
import io.github.proxmoxdiscovery.ledger.Parked;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The status as tables for people. */
final class StatusTables {

    private static final int MOST_PARKED = 20;
    private static final int MOST_CHARS = 120;

    private StatusTables() {}

    static void print(Status status, PrintWriter out) {
        TextTable clusters = new TextTable("CLUSTER", "PRESENT", "MISSING", "HELD", "LAST COMPLETE LOOK");
        status.clusters().forEach(cluster -> clusters.row(row(cluster)));
        clusters.printTo(out);
        out.println();
        TextTable sinks = new TextTable("SINK", "EMIT", "HAS", "LACKS", "PARKED");
        status.sinks().forEach(sink -> sinks.row(row(sink)));
        sinks.printTo(out);
        if (!status.parked().isEmpty()) {
            out.println();
            printParked(status.parked(), out);
        }
    }

    private static List<String> row(OfCluster cluster) {
        return List.of(
                cluster.name(),
                String.valueOf(cluster.present()),
                String.valueOf(cluster.missing()),
                String.valueOf(cluster.held()),
                cluster.completeAt().map(StatusTables::time).orElse("-"));
    }

    private static List<String> row(Status.OfSink sink) {
        return List.of(
                sink.name(),
                sink.emit().text(),
                String.valueOf(sink.has()),
                String.valueOf(sink.lacks()),
                String.valueOf(sink.parked()));
    }

    private static void printParked(List<Parked> parked, PrintWriter out) {
        TextTable table = new TextTable("PARKED", "SINK", "REJECTED", "NEXT OFFER", "ANSWER");
        parked.stream()
                .limit(MOST_PARKED)
                .forEach(host -> table.row(List.of(
                        host.id(), host.sink(), host.times() + "x", time(host.due()), shortened(host.answer()))));
        table.printTo(out);
        if (parked.size() > MOST_PARKED) {
            out.println("and " + (parked.size() - MOST_PARKED) + " more");
        }
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String shortened(String answer) {
        return answer.length() <= MOST_CHARS ? answer : answer.substring(0, MOST_CHARS) + "…";
    }
}
