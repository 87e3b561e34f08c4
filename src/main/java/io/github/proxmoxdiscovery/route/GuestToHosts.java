package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.GuestReading;
import io.github.proxmoxdiscovery.pve.HostAssembler;
import io.github.proxmoxdiscovery.pve.LastSeen;
import io.github.proxmoxdiscovery.run.ClusterRun;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** Extracts the MACs of a guest: the body becomes the list of its hosts, one a network interface, each a map. */
public final class GuestToHosts implements Processor {

    private final Clusters clusters;
    private final boolean keepLinkLocal;
    private final boolean keepTemplates;

    GuestToHosts(Clusters clusters, boolean keepLinkLocal, boolean keepTemplates) {
        this.clusters = clusters;
        this.keepLinkLocal = keepLinkLocal;
        this.keepTemplates = keepTemplates;
    }

    @Override
    public void process(Exchange exchange) {
        ClusterRun run = exchange.getVariable("run", ClusterRun.class);
        Guest guest = exchange.getVariable("guest", Guest.class);
        if (!keepTemplates && config(exchange).config().template()) {
            // A list that is not fresh does not tell which guests are templates.
            run.filtered(guest);
            exchange.getMessage().setBody(List.of());
            return;
        }
        run.agent(exchange.getVariable("guestAgent", Guests.ReadAgent.class)
                .reply()
                .state());
        HostAssembler.Assembly assembly = HostAssembler.assemble(reading(exchange, run, guest));
        // What holds for all agents is said once, of the cluster.
        assembly.findings().stream()
                .filter(finding -> finding.reason() != Reason.AGENT_REFUSED || !run.hasRefusedAgents())
                .forEach(finding -> run.note(finding.where(), finding.reason(), finding.message()));
        exchange.getMessage()
                .setBody(assembly.hosts().stream().map(DiscoveredHost::toMap).toList());
    }

    private static Guests.ReadConfig config(Exchange exchange) {
        return exchange.getVariable("guestConfig", Guests.ReadConfig.class);
    }

    private GuestReading reading(Exchange exchange, ClusterRun run, Guest guest) {
        Guests.ReadConfig config = config(exchange);
        Guests.ReadAgent agent = exchange.getVariable("guestAgent", Guests.ReadAgent.class);
        return new GuestReading(
                run.getCluster(),
                run.getId(),
                config.readAt(),
                guest,
                config.config(),
                agent.reply(),
                agent.checkedAt(),
                lastSeen(run, guest, config, agent),
                keepLinkLocal,
                notes(run, agent));
    }

    /** Looked up only where it can matter: for most guests it is what they have just said. */
    private @Nullable LastSeen lastSeen(ClusterRun run, Guest guest, Guests.ReadConfig config, Guests.ReadAgent agent) {
        return agent.reply().state().isConclusive()
                ? null
                : clusters.get(run.getCluster())
                        .agents()
                        .lastSeen(guest, config.config())
                        .orElse(null);
    }

    private static Set<Reason> notes(ClusterRun run, Guests.ReadAgent agent) {
        Set<Reason> notes = new LinkedHashSet<>();
        if (run.hasUnknownPools()) {
            notes.add(Reason.POOL_UNKNOWN);
        }
        if (agent.isBackedOff()) {
            notes.add(Reason.AGENT_BACKOFF);
        }
        return notes;
    }
}
