package io.github.proxmoxdiscovery.faults.crash;

import io.github.proxmoxdiscovery.sim.AgentState;
import io.github.proxmoxdiscovery.sim.GuestType;
import io.github.proxmoxdiscovery.sim.Latency;
import io.github.proxmoxdiscovery.sim.NodeState;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A simulated cluster named lab that changes at random, and the truth about it. All of it is drawn from one seed; the
 * moments at which things change are not.
 */
public final class World implements AutoCloseable {

    /** The name under which it is read. */
    public static final String NAME = "lab";

    public static final String TOKEN_ID = "discovery@pve!crash";
    public static final String TOKEN_SECRET = "77777777-cccc-4ccc-8ccc-999999999999";

    private static final int FIRST = 100;
    private static final List<String> NODES = List.of("pve1", "pve2", "pve3");
    /** Few, so that guests get names that they had before. */
    private static final List<String> NAMES = List.of("web", "db", "mail");

    private static final int MOST_NICS = 4;

    private final Random random;
    private final int size;
    private final SimulatedCluster cluster;
    private final Map<Integer, Guest> guests = new TreeMap<>();
    private final History history = new History();
    private int lastNumber;

    /** What there is to know of a guest; of a container nothing tells it from another one with its number. */
    private static final class Guest {
        private final int vmid;
        private final GuestType type;
        private final boolean hasAgent;
        private final @Nullable String uuid;
        private final Map<Integer, Integer> nics = new TreeMap<>();
        private String name;
        private String node;
        private boolean silent;

        Guest(int vmid, GuestType type, boolean hasAgent, @Nullable String uuid, String name, String node) {
            this.vmid = vmid;
            this.type = type;
            this.hasAgent = hasAgent;
            this.uuid = uuid;
            this.name = name;
            this.node = node;
        }
    }

    public World(long seed, int size) {
        this.random = new Random(seed);
        this.size = size;
        this.cluster = SimulatedCluster.builder()
                .name(NAME)
                .nodes(NODES.toArray(String[]::new))
                .random(new Random(seed))
                .token(TOKEN_ID, TOKEN_SECRET)
                .start();
        for (int number = 0; number < size; number++) {
            create(FIRST + number);
        }
    }

    /** As slow as a small cluster is, or a bit faster. */
    public World slow() {
        cluster.latency(Latency.none()
                .withList(Duration.ofMillis(5))
                .withConfig(Duration.ofMillis(5))
                .withGuestCall(Duration.ofMillis(15))
                .withDeadAgent(Duration.ofMillis(200)));
        return this;
    }

    public SimulatedCluster cluster() {
        return cluster;
    }

    public History history() {
        return history;
    }

    /** What is there now, by id. */
    public synchronized Map<String, History.Host> truth() {
        Map<String, History.Host> hosts = new TreeMap<>();
        guests.values()
                .forEach(guest -> guest.nics.forEach((nic, number) -> {
                    History.Host host = host(guest, nic, number);
                    hosts.put(host.id(), host);
                }));
        return hosts;
    }

    private static History.Host host(Guest guest, int nic, int number) {
        String id = NAME + "/" + guest.type.name().toLowerCase(Locale.ROOT) + "/" + guest.vmid + "/net" + nic;
        return new History.Host(
                id, guest.uuid, guest.name, mac(number).toLowerCase(Locale.ROOT), List.of(address(number)), guest.node);
    }

    private static String mac(int number) {
        return "BC:24:11:%02X:%02X:%02X".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
    }

    private static String address(int number) {
        return "10.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
    }

    /** Some changes at once. */
    public synchronized void change(int number) {
        for (int i = 0; i < number; i++) {
            change();
        }
    }

    private void change() {
        int drawn = random.nextInt(100);
        if (guests.size() <= size * 4 / 5 || drawn < 10 && guests.size() < size * 6 / 5) {
            create(freeVmid());
            return;
        }
        Guest guest = oneOf(new ArrayList<>(guests.values()));
        if (drawn < 18) {
            delete(guest);
        } else if (drawn < 26) {
            replace(guest);
        } else if (drawn < 55) {
            guest.name = oneOf(NAMES) + "-" + guest.vmid;
            put(guest);
        } else if (drawn < 65) {
            guest.node = oneOf(NODES);
            put(guest);
        } else if (drawn < 85) {
            changeNics(guest);
        } else {
            hush(guest, !guest.silent);
        }
    }

    private int freeVmid() {
        int vmid;
        do {
            vmid = FIRST + random.nextInt(2 * size);
        } while (guests.containsKey(vmid));
        return vmid;
    }

    /** @param id of one of its hosts */
    public synchronized void rename(String id, String name) {
        Guest guest = guests.get(Integer.parseInt(id.split("/")[2]));
        if (guest == null) {
            throw new IllegalArgumentException("no guest has " + id);
        }
        guest.name = name;
        put(guest);
    }

    private void create(int vmid) {
        int drawn = random.nextInt(10);
        GuestType type = drawn < 7 ? GuestType.QEMU : GuestType.LXC;
        String uuid = type == GuestType.QEMU ? "%08x-0000-4000-8000-%012x".formatted(vmid, ++lastNumber) : null;
        Guest guest = new Guest(vmid, type, drawn < 5, uuid, oneOf(NAMES) + "-" + vmid, oneOf(NODES));
        int nics = 1 + Math.max(0, random.nextInt(6) - 3);
        for (int nic = 0; nic < nics; nic++) {
            guest.nics.put(nic, ++lastNumber);
        }
        guests.put(vmid, guest);
        put(guest);
    }

    private void delete(Guest guest) {
        guests.remove(guest.vmid);
        cluster.remove(guest.vmid);
        history.now(truth());
    }

    private void replace(Guest guest) {
        delete(guest);
        create(guest.vmid);
    }

    private void changeNics(Guest guest) {
        List<Integer> there = new ArrayList<>(guest.nics.keySet());
        if (there.size() > 1 && random.nextInt(2) == 0) {
            guest.nics.remove(oneOf(there));
        } else if (there.size() < MOST_NICS && random.nextInt(3) > 0) {
            int free = 0;
            while (guest.nics.containsKey(free)) {
                free++;
            }
            guest.nics.put(free, ++lastNumber);
        } else {
            // Another card in the same place.
            guest.nics.put(oneOf(there), ++lastNumber);
        }
        put(guest);
    }

    private void hush(Guest guest, boolean silent) {
        if (guest.hasAgent) {
            guest.silent = silent;
            put(guest);
        }
    }

    private void put(Guest guest) {
        cluster.put(simulated(guest));
        history.now(truth());
    }

    private static SimulatedGuest.Builder simulated(Guest guest) {
        boolean container = guest.type == GuestType.LXC;
        SimulatedGuest.Builder builder =
                container ? SimulatedGuest.lxc(guest.vmid, guest.name) : SimulatedGuest.qemu(guest.vmid, guest.name);
        builder.node(guest.node).running();
        if (guest.uuid != null) {
            builder.config("smbios1", "uuid=" + guest.uuid);
        }
        if (guest.hasAgent) {
            builder.agent(guest.silent ? AgentState.dead() : AgentState.ok());
        }
        guest.nics.forEach((nic, number) -> add(builder, container, guest.hasAgent, nic, number));
        return builder;
    }

    private static void add(SimulatedGuest.Builder builder, boolean container, boolean agent, int nic, int number) {
        String address = address(number) + "/8";
        if (container) {
            builder.config(
                    "net" + nic, "name=eth" + nic + ",hwaddr=" + mac(number) + ",bridge=vmbr0,ip=dhcp,type=veth");
        } else {
            builder.config("net" + nic, "virtio=" + mac(number) + ",bridge=vmbr0");
        }
        if (container || agent) {
            builder.inside("eth" + nic, mac(number).toLowerCase(Locale.ROOT), address);
        } else {
            builder.config("ide2", "local:cloudinit,media=cdrom").config("ipconfig" + nic, "ip=" + address);
        }
    }

    /** A node does not answer any more: what is there is unknown, not gone. */
    public void takeANodeDown() {
        cluster.node(NODES.get(2), NodeState.offline());
    }

    public void bringTheNodeBack() {
        cluster.node(NODES.get(2), NodeState.online());
    }

    /** Nothing is wrong any more. Guests whose agents were silent are started anew, so that these are asked again. */
    public synchronized void heal() {
        bringTheNodeBack();
        cluster.clearFaults();
        for (Guest guest : guests.values()) {
            if (guest.hasAgent) {
                hush(guest, false);
                cluster.restart(guest.vmid);
            }
        }
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** How a program is told to read it. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("proxmox.clusters", NAME);
        settings.put("proxmox.lab.url", cluster.url());
        settings.put("proxmox.lab.fingerprint", cluster.fingerprint());
        settings.put("proxmox.lab.token-id", TOKEN_ID);
        return settings;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
