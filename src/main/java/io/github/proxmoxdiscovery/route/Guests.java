package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.AgentState;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.memory.AgentMemory;
import io.github.proxmoxdiscovery.pve.AgentReply;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.GuestConfig;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.KeptHost;
import io.github.proxmoxdiscovery.run.Reading;
import io.github.proxmoxdiscovery.run.Reading.Obstacle;
import java.time.Instant;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** What is known of one guest while it is being read. */
public final class Guests {

    private static final int NOT_IMPLEMENTED = 501;

    private final Clusters clusters;

    Guests(Clusters clusters) {
        this.clusters = clusters;
    }

    /**
     * The configuration of a guest, and when it was read.
     *
     * @param readAt when the answer was there
     */
    public record ReadConfig(GuestConfig config, Instant readAt) {}

    /**
     * What the agent of a guest, or the runtime of a container, said.
     *
     * @param checkedAt when it was asked, or null if it was not
     * @param isBackedOff whether that was in an earlier run, and it is left alone for now
     */
    public record ReadAgent(AgentReply reply, @Nullable Instant checkedAt, boolean isBackedOff) {}

    /** The path of the call that reads a guest's live config: without {@code current} it would be the next one. */
    public String configPath(@Variable("guest") Guest guest) {
        return base(guest) + "/config?current=1";
    }

    /** The configuration, from the answer to the config call. */
    public ReadConfig config(
            @Variable("run") ClusterRun run, @Variable("guest") Guest guest, @Variable("config") JsonNode data)
            throws PveException {
        // Even a guest without any option has the digest of its file.
        if (!data.isObject() || data.isEmpty()) {
            throw new PveException(new PveFailure(
                    Reason.BAD_REPLY, 200, "200 OK", "the answer is no config: it is empty, or not an object"));
        }
        run.getReading().answered(guest);
        return new ReadConfig(GuestConfig.parse(guest.type(), data), run.now());
    }

    /** The state of an agent that must not be asked, or null if it is to be asked. */
    public @Nullable ReadAgent notAsked(
            @Variable("run") ClusterRun run,
            @Variable("guest") Guest guest,
            @Variable("guestConfig") ReadConfig config) {
        AgentReply reply = reasonNotToAsk(run, guest, config.config());
        AgentMemory agents = agents(run);
        if (reply == null) {
            return agents.backOff(guest, config.config(), run.now(), () -> run.maySilentAgentBeAsked(guest.node()))
                    .map(rest -> new ReadAgent(rest.reply(), rest.askedAt(), true))
                    .orElse(null);
        }
        if (reply.state() == AgentState.OFF) {
            agents.isOff(guest, config.config());
        }
        return new ReadAgent(reply, null, false);
    }

    private AgentMemory agents(ClusterRun run) {
        return clusters.get(run.getCluster()).agents();
    }

    private static @Nullable AgentReply reasonNotToAsk(ClusterRun run, Guest guest, GuestConfig config) {
        boolean answers = guest.type() == GuestType.LXC || config.agentEnabled();
        if (!"running".equals(guest.status()) || !answers || config.template()) {
            return AgentReply.off();
        }
        // A backup freezes the file systems through the agent: asking now would disturb it, or time out.
        String lock = config.lock() != null ? config.lock() : guest.lock();
        if (lock != null) {
            return AgentReply.locked(lock);
        }
        if (guest.type() == GuestType.QEMU && run.hasRefusedAgents()) {
            return AgentReply.refused();
        }
        boolean tooOld = guest.type() == GuestType.LXC && run.knowsNoInterfacesCall(guest.node());
        return tooOld ? AgentReply.ofFailure(NOT_IMPLEMENTED, "before PVE 8.1 containers cannot be asked") : null;
    }

    /** The path of the call that asks for the addresses that a running guest has. */
    public String agentPath(@Variable("guest") Guest guest) {
        return base(guest) + (guest.type() == GuestType.QEMU ? "/agent/network-get-interfaces" : "/interfaces");
    }

    private static String base(Guest guest) {
        return "/nodes/" + guest.node() + "/" + guest.type().text() + "/" + guest.vmid();
    }

    /** What the agent said. */
    public ReadAgent agent(
            @Variable("run") ClusterRun run,
            @Variable("guest") Guest guest,
            @Variable("guestConfig") ReadConfig config,
            @Variable("agent") JsonNode data) {
        AgentReply reply = guest.type() == GuestType.QEMU ? AgentReply.ofQemu(data) : AgentReply.ofLxc(data);
        return asked(run, guest, config, reply);
    }

    private ReadAgent asked(ClusterRun run, Guest guest, ReadConfig config, AgentReply reply) {
        Instant now = run.now();
        // That a node is too old for the call is remembered of the node, and only for the run.
        if (reply.state() != AgentState.UNSUPPORTED || guest.type() == GuestType.QEMU) {
            agents(run).asked(guest, config.config(), reply, now);
        }
        return new ReadAgent(reply, now, false);
    }

    /** Why the agent said nothing. */
    public ReadAgent agentFailed(
            @Variable("run") ClusterRun run,
            @Variable("guest") Guest guest,
            @Variable("guestConfig") ReadConfig config,
            Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        PveFailure failure = Failures.of(thrown);
        if (failure.reason() == Reason.DEADLINE) {
            // It was not given the time to answer: nothing is to be remembered of that.
            return new ReadAgent(AgentReply.ofTimeout(failure.message()), run.now(), false);
        }
        if (failure.status() == NOT_IMPLEMENTED && guest.type() == GuestType.LXC) {
            run.hasNoInterfacesCall(guest.node());
        }
        if (failure.reason() == Reason.LOGIN_FAILED) {
            loginLost(run, failure);
        }
        AgentReply reply = failure.reason() == Reason.TIMEOUT && failure.status() == 0
                ? AgentReply.ofTimeout(failure.message())
                : AgentReply.ofFailure(failure.status(), failure.message());
        return asked(run, guest, config, reply);
    }

    /** The guest could not be read: it fails, or is put aside to be read in another way. */
    public void failed(@Variable("run") ClusterRun run, @Variable("guest") Guest guest, Exchange exchange) {
        PveFailure failure = Failures.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        Reading reading = run.getReading();
        switch (failure.reason()) {
            case GONE -> notThere(run, guest, failure);
            case NODE_OFFLINE, TIMEOUT -> reading.putAside(guest, Obstacle.NODE, failure.reason(), failure.message());
            case UNREACHABLE, TLS_FAILED -> notReached(run, guest, failure);
            case LOGIN_FAILED -> {
                run.failed(guest, Reason.LOGIN_FAILED, failure.message());
                loginLost(run, failure);
            }
            default -> {
                reading.answered(guest);
                run.failed(guest, failure.reason(), failure.message());
            }
        }
    }

    private static void notThere(ClusterRun run, Guest guest, PveFailure failure) {
        run.getReading().answered(guest);
        if (run.getReading().isNotThereAgain(guest)) {
            run.failed(guest, Reason.SERVER_ERROR, "listed, but not found where it is listed: " + failure.message());
        } else {
            run.getReading().putAside(guest, Obstacle.NOT_THERE, Reason.GONE, failure.message());
        }
    }

    /** At its own address, it is the node that cannot be reached: the entry node may know a way. */
    private void notReached(ClusterRun run, Guest guest, PveFailure failure) {
        Reading reading = run.getReading();
        if (clusters.get(run.getCluster()).isDirect(guest.node())) {
            reading.putAside(guest, Obstacle.NODE, Reason.NODE_OFFLINE, failure.message());
            reading.giveUpNode(guest, failure.message());
        } else {
            String message = "the API could not be reached any more: " + failure.message();
            reading.putAside(guest, Obstacle.ADDRESS, Reason.SERVER_ERROR, message);
        }
    }

    /** Each further answer of this kind would cost three seconds, and tell nothing new. */
    private static void loginLost(ClusterRun run, PveFailure failure) {
        run.failed(Reason.LOGIN_FAILED, "the login was lost in the middle of the run: " + failure.message());
    }

    /** One host of the guest, as the route files made it. */
    public void keep(
            @Variable("run") ClusterRun run,
            @Variable("guest") Guest guest,
            @Variable("guestConfig") ReadConfig config,
            @Variable("id") String id,
            @Variable("mac") String mac,
            @Body String json) {
        run.keep(guest, KeptHost.of(id, mac, json, guest, config.config().guestUuid()));
    }

    /** Everything of the guest was read. */
    public void read(@Variable("run") ClusterRun run, @Variable("guest") Guest guest) {
        run.read(guest);
    }
}
