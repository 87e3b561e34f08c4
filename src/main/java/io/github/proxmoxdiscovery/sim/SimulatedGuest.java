package io.github.proxmoxdiscovery.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The truth about one guest: what Proxmox has in its config, and what runs inside.
 *
 * @param status {@code running} or {@code stopped}, as its node knows
 * @param listedStatus what {@code /cluster/resources} says; {@code unknown} there hides name, template and uptime
 * @param startedAt where it was started while it was simulated; before that otherwise
 * @param vanishing whether its config file is gone and lists still go by it
 * @param config the lines of the config file, as strings or numbers, as the API gives them
 * @param pending lines that count from the next start on; an empty value is a deletion
 * @param hostName what the agent says, where it is not the name in the config
 */
public record SimulatedGuest(
        GuestType type,
        int vmid,
        String node,
        String status,
        String listedStatus,
        Optional<Instant> startedAt,
        boolean vanishing,
        Optional<String> pool,
        Map<String, Object> config,
        Map<String, String> pending,
        AgentState agent,
        Optional<String> hostName,
        List<GuestInterface> interfaces) {

    /** A VM. */
    public static Builder qemu(int vmid, String name) {
        return new Builder(GuestType.QEMU, vmid).config("name", name);
    }

    /** A VM without a name; lists call it {@code VM 101}. */
    public static Builder qemu(int vmid) {
        return new Builder(GuestType.QEMU, vmid);
    }

    /** A container. */
    public static Builder lxc(int vmid, String hostname) {
        return new Builder(GuestType.LXC, vmid).config("hostname", hostname);
    }

    /** A container without a name; lists call it {@code CT300}. */
    public static Builder lxc(int vmid) {
        return new Builder(GuestType.LXC, vmid);
    }

    /** The same guest, to be changed. */
    public Builder change() {
        return new Builder(this);
    }

    boolean running() {
        return status.equals("running");
    }

    boolean template() {
        return config.containsKey("template");
    }

    String listedName() {
        Object name = config.get(type.nameKey());
        return name == null ? type.madeUpName(vmid) : name.toString();
    }

    @Nullable
    Object line(String key) {
        return config.get(key);
    }

    /** The text of the config file, as far as a digest needs one. */
    String fileText() {
        StringBuilder text = new StringBuilder();
        new TreeSet<>(config.keySet())
                .forEach(key ->
                        text.append(key).append(": ").append(config.get(key)).append('\n'));
        new TreeSet<>(pending.keySet())
                .forEach(key -> text.append("pending ")
                        .append(key)
                        .append(pending.get(key))
                        .append('\n'));
        return text.toString();
    }

    /** Builds a guest; stopped, on node {@code pve1}, until told otherwise. */
    public static final class Builder {

        private final GuestType type;
        private int vmid;
        private String node = "pve1";
        private String status = "stopped";
        private Optional<String> listedStatus = Optional.empty();
        private Optional<Instant> startedAt = Optional.empty();
        private boolean vanishing;
        private Optional<String> pool = Optional.empty();
        private final Map<String, Object> config = new LinkedHashMap<>();
        private final Map<String, String> pending = new LinkedHashMap<>();
        private AgentState agent = AgentState.ok();
        private Optional<String> hostName = Optional.empty();
        private final List<GuestInterface> interfaces = new ArrayList<>();

        private Builder(GuestType type, int vmid) {
            this.type = type;
            this.vmid = vmid;
        }

        private Builder(SimulatedGuest guest) {
            this(guest.type, guest.vmid);
            node = guest.node;
            status = guest.status;
            listedStatus = guest.listedStatus.equals(guest.status) ? Optional.empty() : Optional.of(guest.listedStatus);
            startedAt = guest.startedAt;
            vanishing = guest.vanishing;
            pool = guest.pool;
            config.putAll(guest.config);
            pending.putAll(guest.pending);
            agent = guest.agent;
            hostName = guest.hostName;
            interfaces.addAll(guest.interfaces);
        }

        public Builder vmid(int id) {
            vmid = id;
            return this;
        }

        public Builder node(String name) {
            node = name;
            return this;
        }

        public Builder running() {
            status = "running";
            return this;
        }

        public Builder stopped() {
            status = "stopped";
            return this;
        }

        Builder startedAt(Instant time) {
            startedAt = Optional.of(time);
            return this;
        }

        Builder vanishing() {
            vanishing = true;
            return this;
        }

        /** What {@code /cluster/resources} says instead of the truth. */
        public Builder listedAs(String listed) {
            listedStatus = Optional.of(listed);
            return this;
        }

        public Builder template() {
            return config("template", 1);
        }

        /** The config line, as {@code prod;web}. */
        public Builder tags(String line) {
            return config("tags", line);
        }

        public Builder pool(String name) {
            pool = Optional.of(name);
            return this;
        }

        public Builder lock(String reason) {
            return config("lock", reason);
        }

        public Builder osType(String osType) {
            return config("ostype", osType);
        }

        /** A line of the config, its value exactly as given. */
        public Builder config(String key, Object value) {
            config.put(key, value);
            return this;
        }

        public Builder withoutConfig(String key) {
            config.remove(key);
            return this;
        }

        public Builder pending(String key, String value) {
            pending.put(key, value);
            return this;
        }

        public Builder pendingDeletion(String key) {
            return pending(key, "");
        }

        /** A VM's agent: the config line {@code agent: 1}, unless there is one, and how it answers. */
        public Builder agent(AgentState state) {
            config.putIfAbsent("agent", "1");
            agent = state;
            return this;
        }

        public Builder hostName(String name) {
            hostName = Optional.of(name);
            return this;
        }

        /** @param addresses each as {@code address/prefix} */
        public Builder inside(String name, @Nullable String hardwareAddress, String... addresses) {
            return inside(new GuestInterface(name, hardwareAddress, List.of(addresses), true));
        }

        public Builder inside(GuestInterface network) {
            interfaces.add(network);
            return this;
        }

        public Builder nothingInside() {
            interfaces.clear();
            return this;
        }

        public SimulatedGuest build() {
            return new SimulatedGuest(
                    type,
                    vmid,
                    node,
                    status,
                    listedStatus.orElse(status),
                    startedAt,
                    vanishing,
                    pool,
                    Map.copyOf(config),
                    Map.copyOf(pending),
                    agent,
                    hostName,
                    List.copyOf(interfaces));
        }
    }
}
