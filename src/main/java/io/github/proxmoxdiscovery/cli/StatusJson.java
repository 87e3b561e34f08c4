package io.github.proxmoxdiscovery.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.cli.Status.OfSink;
import io.github.proxmoxdiscovery.ledger.LedgerStatus.OfCluster;
import io.github.proxmoxdiscovery.ledger.Parked;
import java.time.Instant;

/** The status as JSON, on one line. */
final class StatusJson {

    private StatusJson() {}

    static String of(Status status) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode clusters = json.putArray("clusters");
        status.clusters().forEach(cluster -> add(clusters.addObject(), cluster));
        ArrayNode sinks = json.putArray("sinks");
        status.sinks().forEach(sink -> add(sinks.addObject(), sink));
        ArrayNode parked = json.putArray("parked");
        status.parked().forEach(host -> add(parked.addObject(), host));
        return json.toString();
    }

    private static void add(ObjectNode json, OfCluster cluster) {
        json.put("name", cluster.name())
                .put("present", cluster.present())
                .put("missing", cluster.missing())
                .put("held", cluster.held())
                .put("complete_at", cluster.completeAt().map(Instant::toString).orElse(null));
    }

    private static void add(ObjectNode json, OfSink sink) {
        json.put("name", sink.name())
                .put("emit", sink.emit().text())
                .put("has", sink.has())
                .put("lacks", sink.lacks())
                .put("parked", sink.parked());
    }

    private static void add(ObjectNode json, Parked host) {
        json.put("sink", host.sink())
                .put("id", host.id())
                .put("times", host.times())
                .put("next_offer", host.due().toString())
                .put("answer", host.answer());
    }
}
