import io.github.proxmoxdiscovery.host.AddressSource;
import io.github.proxmoxdiscovery.host.AgentState;
import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.HostId;
import io.github.proxmoxdiscovery.host.IpAddress;
import io.github.proxmoxdiscovery.host.MacAddress;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.ledger.ChangeRules;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.Observation;
import io.github.proxmoxdiscovery.ledger.RemovalRules;
import io.github.proxmoxdiscovery.ledger.SinkLedger;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Measures what the ledger costs: microseconds a host to write a run down, microseconds a host and sink to find and
 * acknowledge what the sink lacks, and bytes of disk. See bench/README.md.
 */
public final class LedgerCost {

    private static final int BATCH = 500;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ChangeRules RULES = new ChangeRules(List.of(
            "proxmox.agent",
            "proxmox.agent_checked_at",
            "proxmox.notes",
            "proxmox.addresses.stale",
            "proxmox.addresses.observed_at"));

    private final int clusters;
    private final int hosts;
    private final int sinks;
    private final Path folder;
    private Ledger ledger;
    private int runs;
    private long bodyBytes;

    private LedgerCost(int clusters, int hosts, int sinks, Path folder) {
        this.clusters = clusters;
        this.hosts = hosts;
        this.sinks = sinks;
        this.folder = folder;
    }

    /** {@code [clusters [hosts of each [folder]]]} */
    public static void main(String[] arguments) throws Exception {
        int clusters = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        int hosts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
        Path parent = Path.of(arguments.length > 2 ? arguments[2] : System.getProperty("java.io.tmpdir"));
        System.out.printf("%d clusters of %d hosts, %d processors, Java %s%n", clusters, hosts,
                Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"));
        measure(2, hosts, 1, parent, false);
        for (int sinks : new int[] {1, 3}) {
            measure(clusters, hosts, sinks, parent, true);
        }
    }

    private static void measure(int clusters, int hosts, int sinks, Path parent, boolean print) throws Exception {
        Path folder = Files.createTempDirectory(parent, "proxmox-discovery-ledger-cost");
        try {
            new LedgerCost(clusters, hosts, sinks, folder).measure(print);
        } finally {
            for (String name : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    private void measure(boolean print) throws Exception {
        ledger = Ledger.open(folder, Clock.systemUTC(), warning -> {});
        List<String> lines = new ArrayList<>();
        lines.add(run("first run", 0));
        lines.add(run("nothing changed", 0));
        lines.add(run("1 % changed", 100));
        lines.add(run("nothing changed", 100));
        long start = System.nanoTime();
        ledger.close();
        lines.add(String.format(Locale.ROOT, "closed in %.0f ms: %s", (System.nanoTime() - start) / 1e6, disk()));
        start = System.nanoTime();
        Ledger.openExisting(folder, Clock.systemUTC()).close();
        lines.add(String.format(Locale.ROOT, "opened and closed in %.0f ms", (System.nanoTime() - start) / 1e6));
        if (print) {
            System.out.printf("%d sinks, %d bytes a message%n", sinks, bodyBytes / ((long) clusters * hosts));
            lines.forEach(line -> System.out.println("  " + line));
        }
    }

    /** @param changedEvery which hosts changed, 0 for none */
    private String run(String name, int changedEvery) throws Exception {
        runs++;
        long recording = 0;
        long telling = 0;
        long cpu = 0;
        long told = 0;
        bodyBytes = 0;
        for (int cluster = 0; cluster < clusters; cluster++) {
            Observation seen = look("cluster" + cluster, changedEvery);
            long cpuAtStart = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            ledger.record(seen, RULES, new RemovalRules(2, 20));
            recording += System.nanoTime() - start;
            for (int sink = 0; sink < sinks; sink++) {
                start = System.nanoTime();
                told += tell("sink" + sink, "cluster" + cluster);
                telling += System.nanoTime() - start;
            }
            cpu += THREADS.getCurrentThreadCpuTime() - cpuAtStart;
        }
        double all = (double) clusters * hosts;
        return String.format(Locale.ROOT, "%-16s record %5.1f us a host, tell %5.1f us a host and sink, in all %5.1f us"
                        + " a host and sink (CPU %.1f); %d told; %s",
                name, recording / 1e3 / all, telling / 1e3 / all / sinks,
                (recording + telling) / 1e3 / all / sinks, cpu / 1e3 / all / sinks, told, disk());
    }

    private long tell(String sink, String cluster) throws Exception {
        SinkLedger account = ledger.sink(sink, false, true, RULES);
        long told = 0;
        String after = "";
        do {
            SinkLedger.Page page = account.lacking(cluster, after, BATCH);
            if (!page.events().isEmpty()) {
                account.acknowledge(page.events());
            }
            told += page.events().size();
            after = page.last();
        } while (!after.isEmpty());
        return told;
    }

    private String disk() throws Exception {
        long bytes = 0;
        for (String name : List.of("ledger.db", "ledger.db-wal")) {
            Path file = folder.resolve(name);
            bytes += Files.exists(file) ? Files.size(file) : 0;
        }
        return String.format(Locale.ROOT, "%d bytes of disk a host, %d a host and sink",
                bytes / ((long) clusters * hosts), bytes / ((long) clusters * hosts * sinks));
    }

    private Observation look(String cluster, int changedEvery) throws Exception {
        Instant at = Instant.now();
        List<Observation.ObservedHost> seen = new ArrayList<>();
        Set<String> guests = new TreeSet<>();
        for (int i = 0; i < hosts; i++) {
            boolean changed = changedEvery > 0 && i % changedEvery == 0;
            DiscoveredHost host = host(cluster, 100 + i, changed ? "moved" : "pve" + i % 10, at);
            String body = JSON.writeValueAsString(host.toMap());
            bodyBytes += body.length();
            String guest = "qemu/" + (100 + i);
            guests.add(guest);
            seen.add(new Observation.ObservedHost(host.id().text(), guest, host.guest().guestUuid(), body));
        }
        return new Observation(
                cluster, "run" + runs, at, true, true, seen, guests, Set.of(), Set.of(), Set.of(), "all", "settings");
    }

    private DiscoveredHost host(String cluster, int vmid, String node, Instant at) {
        String address = "10." + vmid / 65536 + "." + vmid / 256 % 256 + "." + vmid % 256;
        MacAddress mac = MacAddress.parse(String.format("BC:24:11:%02X:%02X:01", vmid / 256 % 256, vmid % 256))
                .orElseThrow();
        return new DiscoveredHost(
                new HostId(cluster, GuestType.QEMU, vmid, "net0"),
                mac,
                "application-server-" + vmid,
                at,
                "0197f3a2-7c1e-7b7e-9c3d-0000000" + (10000 + runs),
                new DiscoveredHost.GuestFacts(node, "application-server-" + vmid,
                        String.format("2f3c1c8e-0000-4000-8000-%012d", vmid), "running", false,
                        List.of("production", "web"), "customers", "l26"),
                new DiscoveredHost.NetworkInterface(
                        "eth0", "virtio", "vmbr0", 20, null, true, false, null, List.of("eth0")),
                List.of(
                        new DiscoveredHost.Address(
                                IpAddress.parse(address).orElseThrow(), 24, AddressSource.AGENT, at, false),
                        new DiscoveredHost.Address(
                                IpAddress.parse("2001:db8::" + Integer.toHexString(vmid)).orElseThrow(), 64,
                                AddressSource.AGENT, at, false)),
                AgentState.OK,
                at,
                List.of());
    }
}
