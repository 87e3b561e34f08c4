package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.AgentReply;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.GuestConfig;
import io.github.proxmoxdiscovery.pve.GuestList;
import io.github.proxmoxdiscovery.pve.PveFailure;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.KeptHost;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** What is known of one guest while it is being read. */
public final class Guests {

    private static final int NOT_IMPLEMENTED = 501;

    /**
     * The configuration of a guest, and when it was read.
     *
     * @param readAt when the answer was there
     */
    public record ReadConfig(GuestConfig config, Instant readAt) {}

    /**
     * What the agent of a guest, or the runtime of a container, said.
     *
     * @param checkedAt when it answered, or null if it was not asked
     */
    public record ReadAgent(AgentReply reply, @Nullable Instant checkedAt) {}

    /** The path of the call that reads a guest's live config: without {@code current} it would be the next one. */
    public String configPath(@Variable("guest") Guest guest) {
        return base(guest) + "/config?current=1";
    }

    /**
     * The guest where it is now, after its config was not where the list had it.
     *
     * @throws PveException when it is not in the list any more
     */
    public Guest moved(
            @Variable("run") ClusterRun run,
            @Variable("guest") Guest guest,
            @Variable("guestsNow") JsonNode rows,
            Exchange exchange)
            throws PveException {
        Optional<Guest> now = GuestList.parse(rows).find(guest.type(), guest.vmid());
        if (now.isEmpty()) {
            throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, PveException.class);
        }
        run.moved(now.get());
        return now.get();
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
        return new ReadConfig(GuestConfig.parse(guest.type(), data), run.now());
    }

    /** The state of an agent that must not be asked, or null if it is to be asked. */
    public @Nullable ReadAgent notAsked(
            @Variable("run") ClusterRun run,
            @Variable("guest") Guest guest,
            @Variable("guestConfig") ReadConfig config) {
        AgentReply reply = reasonNotToAsk(run, guest, config.config());
        return reply == null ? null : new ReadAgent(reply, null);
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
            @Variable("run") ClusterRun run, @Variable("guest") Guest guest, @Variable("agent") JsonNode data) {
        AgentReply reply = guest.type() == GuestType.QEMU ? AgentReply.ofQemu(data) : AgentReply.ofLxc(data);
        return new ReadAgent(reply, run.now());
    }

    /** Why the agent said nothing. */
    public ReadAgent agentFailed(@Variable("run") ClusterRun run, @Variable("guest") Guest guest, Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        PveFailure failure = Failures.of(thrown);
        if (failure.status() == NOT_IMPLEMENTED && guest.type() == GuestType.LXC) {
            run.hasNoInterfacesCall(guest.node());
        }
        if (failure.reason() == Reason.LOGIN_FAILED) {
            loginLost(run, failure);
        }
        AgentReply reply = failure.reason() == Reason.TIMEOUT && failure.status() == 0
                ? AgentReply.ofTimeout(failure.message())
                : AgentReply.ofFailure(failure.status(), failure.message());
        return new ReadAgent(reply, run.now());
    }

    /** The guest could not be read. */
    public void failed(@Variable("run") ClusterRun run, @Variable("guest") Guest guest, Exchange exchange) {
        boolean isListedStill = isListed(exchange, guest);
        PveFailure failure = Failures.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        switch (failure.reason()) {
            case GONE -> gone(run, guest, failure, isListedStill);
            case NODE_OFFLINE -> run.failedWithNode(guest, failure.message());
            case LOGIN_FAILED -> {
                run.failed(guest, Reason.LOGIN_FAILED, failure.message());
                loginLost(run, failure);
            }
            case UNREACHABLE, TLS_FAILED ->
                run.failed(guest, Reason.SERVER_ERROR, "the API could not be reached any more: " + failure.message());
            default -> run.failed(guest, failure.reason(), failure.message());
        }
    }

    /** Each further answer of this kind would cost three seconds, and tell nothing new. */
    private static void loginLost(ClusterRun run, PveFailure failure) {
        run.failed(Reason.LOGIN_FAILED, "the login was lost in the middle of the run: " + failure.message());
    }

    private static boolean isListed(Exchange exchange, Guest guest) {
        JsonNode rows = exchange.getVariable("guestsNow", JsonNode.class);
        return rows != null
                && GuestList.parse(rows).find(guest.type(), guest.vmid()).isPresent();
    }

    private static void gone(ClusterRun run, Guest guest, PveFailure failure, boolean isListedStill) {
        if (isListedStill) {
            run.failed(guest, Reason.SERVER_ERROR, "listed, but not found where it is listed: " + failure.message());
        } else {
            run.note(run.where(guest), Reason.GONE, failure.message());
            run.skipped(guest);
        }
    }

    /** One host of the guest, as the route files made it. */
    public void keep(
            @Variable("run") ClusterRun run,
            @Variable("guest") Guest guest,
            @Variable("id") String id,
            @Variable("mac") String mac,
            @Body String json) {
        run.keep(guest, KeptHost.of(id, mac, json));
    }

    /** Everything of the guest was read. */
    public void read(@Variable("run") ClusterRun run, @Variable("guest") Guest guest) {
        run.read(guest);
    }
}
