package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.Recorded.RecordedHost;
import io.github.proxmoxdiscovery.run.RunReport;
import io.github.proxmoxdiscovery.sink.HostFiles;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what the file sink gets. Camel's own file producer loses lines and leaves gaps (docs/decisions/0005). */
public final class FileSink {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.sink.file");

    private final HostFiles files;
    private final Supplier<Ledger> ledger;

    FileSink(HostFiles files, Supplier<Ledger> ledger) {
        this.files = files;
        this.ledger = ledger;
    }

    /** Adds hosts to the file of a run; events, with what they tell of the host, if the sink gets only changes. */
    public void append(@Variable("delivery") Delivery delivery, @Body List<Message> batch) throws IOException {
        List<String> lines = batch.stream()
                .map(host ->
                        delivery.tellsChanges() ? CloudEvents.structured(host).toString() : host.getBody(String.class))
                .toList();
        files.append(delivery.cluster(), delivery.runId(), lines);
        if (delivery.tellsChanges()) {
            files.sync(delivery.cluster(), delivery.runId());
        }
    }

    /** What a program that was killed has left is made into files that readers find. */
    void finishLeftBehind() {
        try {
            files.finishLeftBehind()
                    .forEach(file -> LOG.warn("a run broke off while its hosts were written; they are in {}", file));
        } catch (IOException e) {
            LOG.warn(
                    "what a run that broke off has left cannot be finished, which the next start tries again: {}",
                    e.toString());
        }
    }

    /** Ends the files of a run, and renders anew what is known; one that found nothing has none. */
    public void finish(@Variable("delivery") Delivery delivery, @Body String json) throws IOException {
        if (!delivery.run().hasSomethingToSay() && delivery.offered() == 0) {
            return;
        }
        RunReport report = delivery.report();
        files.finish(report.cluster(), report.runId(), delivery.offered(), json);
        // What was never seen whole would be taken for all there is.
        if (ledger.get().wasLookedAtWholly(report.cluster())) {
            replaceLatest(delivery, report.cluster());
        }
    }

    /** The run has the hosts as they are right now; those that it did not see are as the ledger knows them. */
    private void replaceLatest(Delivery delivery, String cluster) throws IOException {
        Map<String, String> seen = new HashMap<>();
        for (RecordedHost host : delivery.hosts()) {
            seen.put(host.id(), host.body());
        }
        try (HostFiles.Latest latest = files.latest(cluster, delivery.runId())) {
            ledger.get().forEachPresent(cluster, host -> {
                String now = seen.get(host.id());
                latest.add(now == null ? host.message() : now);
            });
            latest.publish();
        }
    }
}
