package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.KeptHost;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/** Makes the message of a host: its JSON and these headers, no other; {@code ce_*} are CloudEvents 1.0 attributes. */
final class HostMessages {

    static final String EVENT_TYPE = "observed";
    static final String DATA_SCHEMA = "https://proxmox-discovery.github.io/schema/discovered-host/1";

    private static final String CE_TYPE = "io.github.proxmoxdiscovery.host." + EVENT_TYPE + ".v1";

    private final CamelContext context;
    private final ClusterRun run;
    private final String time;

    HostMessages(CamelContext context, ClusterRun run) {
        this.context = context;
        this.run = run;
        this.time = DiscoveredHost.text(run.startedAt());
    }

    Message message(KeptHost host) {
        Message message = new DefaultMessage(context);
        message.setBody(host.json());
        message.setHeader("id", host.id());
        message.setHeader("cluster", run.getCluster());
        message.setHeader("run_id", run.getId());
        message.setHeader("event_type", EVENT_TYPE);
        message.setHeader("ce_specversion", "1.0");
        message.setHeader("ce_id", run.getId() + "/" + host.id());
        message.setHeader("ce_source", "/proxmox-discovery/" + run.getCluster());
        message.setHeader("ce_type", CE_TYPE);
        message.setHeader("ce_subject", host.id());
        message.setHeader("ce_time", time);
        message.setHeader("ce_dataschema", DATA_SCHEMA);
        return message;
    }
}
