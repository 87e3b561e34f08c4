package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.run.RunKind;
import io.github.proxmoxdiscovery.run.RunReport;
import io.github.proxmoxdiscovery.sink.HostFiles;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** Writes what the file sink gets. Camel's own file producer loses lines and leaves gaps (docs/decisions/0005). */
public final class FileSink {

    private final HostFiles files;

    FileSink(HostFiles files) {
        this.files = files;
    }

    public void append(@Body List<Message> batch) throws IOException {
        Message first = batch.get(0);
        List<String> lines =
                batch.stream().map(host -> host.getBody(String.class)).toList();
        files.append(first.getHeader("cluster", String.class), first.getHeader("run_id", String.class), lines);
    }

    /** Ends the files of a run; one that found nothing has none. */
    public void finish(@Variable("delivery") Delivery delivery, @Body String json) throws IOException {
        if (!delivery.run().hasSomethingToSay()) {
            return;
        }
        RunReport report = delivery.report();
        // What a quick run looked at is not all there is.
        boolean all = report.complete() && report.kind() == RunKind.FULL;
        files.finish(report.cluster(), report.runId(), all, report.hosts(), json);
    }
}
