package io.github.proxmoxdiscovery.memory;

import io.github.proxmoxdiscovery.host.AgentState;
import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.memory.AgentRecord.Silence;
import io.github.proxmoxdiscovery.pve.AgentReply;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.GuestConfig;
import io.github.proxmoxdiscovery.pve.GuestInterface;
import io.github.proxmoxdiscovery.pve.LastSeen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents of one cluster. A dead agent costs its node one of three workers for three seconds each time it is asked:
 * it is asked ever more seldom, until its guest is started again or gets another config. What an agent said last is
 * kept for the time when it does not answer.
 */
public final class AgentMemory {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.run");

    private final AgentFile file;
    private @Nullable Map<String, AgentRecord> agents;
    private volatile boolean changed;

    /**
     * An agent that is not to be asked yet.
     *
     * @param reply what it said when it was asked last
     * @param askedAt when that was
     */
    public record BackOff(AgentReply reply, Instant askedAt) {}

    /** @param file in which the memory outlives the process */
    public AgentMemory(Path file) {
        this.file = new AgentFile(file);
    }

    /**
     * Whether this agent is left alone for now.
     *
     * @param mayAskAgain whether the run can still afford to ask an agent of which only time makes it hope
     */
    public Optional<BackOff> backOff(Guest guest, GuestConfig config, Instant now, BooleanSupplier mayAskAgain) {
        AgentRecord known = of(guest, config);
        if (known == null || known.silence() == null) {
            return Optional.empty();
        }
        Silence silence = known.silence();
        boolean isAnother = now.isBefore(silence.at())
                || startedSince(guest, silence.at(), now)
                || config.digest() != null && !config.digest().equals(silence.digest());
        boolean isDue = !now.isBefore(silence.until());
        if (isAnother || isDue && mayAskAgain.getAsBoolean()) {
            return Optional.empty();
        }
        String when = isDue ? "in a later run" : "after " + DiscoveredHost.text(silence.until());
        String message = "is asked again " + when + "; it said: " + silence.message();
        return Optional.of(new BackOff(AgentReply.before(silence.state(), message), silence.at()));
    }

    /** How many agents do not answer. */
    public long silent() {
        return agents().values().stream()
                .filter(agent -> agent.silence() != null)
                .count();
    }

    private static boolean startedSince(Guest guest, Instant then, Instant now) {
        return guest.uptime() != null && now.minusSeconds(guest.uptime()).isAfter(then);
    }

    /** What the guest said when it last answered. */
    public Optional<LastSeen> lastSeen(Guest guest, GuestConfig config) {
        AgentRecord known = of(guest, config);
        if (known == null || known.seen() == null || known.seenAt() == null) {
            return Optional.empty();
        }
        return Optional.of(new LastSeen(SeenInterfaces.read(known.seen()), known.seenAt()));
    }

    /** The agent was asked, and said this. */
    public void asked(Guest guest, GuestConfig config, AgentReply reply, Instant at) {
        AgentRecord known = of(guest, config);
        if (reply.state() == AgentState.OK) {
            List<GuestInterface> seen = SeenInterfaces.of(reply.interfaces(), config);
            put(guest, new AgentRecord(config.guestUuid(), SeenInterfaces.write(seen), at, null));
        } else if (reply.state() == AgentState.SILENT || reply.state() == AgentState.UNSUPPORTED) {
            AgentRecord base = known == null ? new AgentRecord(config.guestUuid(), null, null, null) : known;
            int times = base.silence() == null ? 1 : base.silence().times() + 1;
            put(guest, base.withSilence(new Silence(times, at, reply.state(), reply.message(), config.digest())));
        }
    }

    /** The guest does not run: when it does again, its agent is asked. */
    public void isOff(Guest guest, GuestConfig config) {
        AgentRecord known = of(guest, config);
        if (known != null && known.silence() != null) {
            put(guest, known.withSilence(null));
        }
    }

    /** The guests there are: those that are not among them are forgotten. */
    public void keepOnly(Collection<Guest> guests) {
        changed |= agents().keySet()
                .retainAll(guests.stream().map(AgentMemory::key).collect(Collectors.toSet()));
    }

    /** Writes what changed since it was last written, or says why that was not possible. */
    public synchronized void save() {
        if (!changed) {
            return;
        }
        changed = false;
        try {
            file.write(agents());
        } catch (IOException e) {
            changed = true;
            LOG.error("what is known of agents could not be kept for the next start: {}", e.toString());
        }
    }

    private @Nullable AgentRecord of(Guest guest, GuestConfig config) {
        AgentRecord known = agents().get(key(guest));
        boolean same = known == null || known.uuid() == null || known.uuid().equals(config.guestUuid());
        return same ? known : null;
    }

    private void put(Guest guest, AgentRecord agent) {
        agents().put(key(guest), agent);
        changed = true;
    }

    private synchronized Map<String, AgentRecord> agents() {
        if (agents == null) {
            agents = new ConcurrentHashMap<>(file.read());
        }
        return agents;
    }

    private static String key(Guest guest) {
        return guest.type().text() + "/" + guest.vmid();
    }
}
