import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.host.IpAddress;
import io.github.proxmoxdiscovery.route.DiscoveryApplication;
import io.github.proxmoxdiscovery.route.DiscoveryApplication.Mode;
import io.github.proxmoxdiscovery.routefile.RouteFiles;
import io.github.proxmoxdiscovery.settings.SettingsLoader;
import io.github.proxmoxdiscovery.sim.ActiveFault;
import io.github.proxmoxdiscovery.sim.CertificateKind;
import io.github.proxmoxdiscovery.sim.ExpectedHost;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.FaultMix;
import io.github.proxmoxdiscovery.sim.Latency;
import io.github.proxmoxdiscovery.sim.NodeState;
import io.github.proxmoxdiscovery.sim.PortState;
import io.github.proxmoxdiscovery.sim.Privileges;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import io.github.proxmoxdiscovery.sim.WireFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Many runs of the program in one process, each against a cluster with faults of another kind: see bench/README.md. The
 * exit code is 1 when something was wrong, and each thing that was is told with the number of its run and the seed.
 */
public final class Soak {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLUSTER = "soak";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path FOLDER = Path.of("target", "soak");

    private static final int WARM_UP = 20;
    private static final int LANES = 4;
    private static final int CALLS = 2;

    private final int runs;
    private final long seed;
    private final Map<String, String> extra;
    private final SyntheticCluster synthetic;
    private final Map<String, ExpectedHost> truth;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, List<Long>> kinds = new TreeMap<>();
    private int faulty;
    private int complete;
    private int untouched;
    private int slow;

    private Soak(Map<String, String> options, Map<String, String> extra) {
        runs = Integer.parseInt(options.getOrDefault("--runs", "200"));
        seed = Long.parseLong(options.getOrDefault("--seed", String.valueOf(new Random().nextInt(1_000_000))));
        this.extra = extra;
        int guests = Integer.parseInt(options.getOrDefault("--guests", "40"));
        synthetic = SyntheticCluster.of(guests, 4).withSeed(seed).withDeadAgents(0.1);
        truth = synthetic.expected(CLUSTER).stream().collect(Collectors.toMap(ExpectedHost::id, host -> host));
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        Map<String, String> extra = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (arguments[i].equals("-D")) {
                String[] setting = arguments[i + 1].split("=", 2);
                extra.put(setting[0], setting[1]);
            } else {
                options.put(arguments[i], arguments[i + 1]);
            }
        }
        System.exit(new Soak(options, extra).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        System.out.printf(
                "machine: %d processors, Java %s; seed %d, %d runs, %d interfaces%n",
                Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"), seed, runs, truth.size());
        remove(FOLDER.resolve("out"));
        remove(FOLDER.resolve("data"));
        long before = System.nanoTime();
        Latency latency = Latency.none()
                .withList(Duration.ofMillis(2))
                .withConfig(Duration.ofMillis(2))
                .withGuestCall(Duration.ofMillis(5))
                .withDeadAgent(Duration.ofMillis(40));
        try (SimulatedCluster cluster = synthetic
                        .create()
                        .ownAddresses()
                        .latency(latency)
                        .workers(3, 3)
                        .idle(Duration.ofMillis(500))
                        .start();
                DiscoveryApplication application = application(cluster)) {
            application.start();
            soak(cluster, application);
        }
        return summary(Duration.ofNanos(System.nanoTime() - before));
    }

    private void soak(SimulatedCluster cluster, DiscoveryApplication application) throws Exception {
        Usage baseline = Usage.now();
        for (int number = 1; number <= runs; number++) {
            new Round(number, cluster, application).play();
            if (number == Math.min(WARM_UP, (runs + 1) / 2)) {
                baseline = Usage.settled();
                System.out.println("after " + number + " runs:  " + baseline);
            }
        }
        Usage end = Usage.settled(baseline);
        System.out.println("after " + runs + " runs: " + end);
        violations.addAll(end.leaksSince(baseline));
    }

    private boolean summary(Duration time) {
        System.out.printf(
                "%d runs in %d s: %d met a fault, %d were complete, %d of %d without a fault were not%n",
                runs, time.toSeconds(), faulty, complete, slow, untouched);
        kinds.forEach((kind, millis) -> System.out.printf(
                "  %-50s %3d runs, %5d ms each%n",
                kind, millis.size(), millis.stream().mapToLong(Long::longValue).sum() / millis.size()));
        // The time limits are short, so that a busy machine alone may cost a guest now and then.
        if (slow * 4 > untouched) {
            violations.add(slow + " of " + untouched + " runs were not complete though nothing was wrong");
        }
        if (faulty < runs * 3 / 4) {
            violations.add("only " + faulty + " of " + runs + " runs met a fault");
        }
        violations.stream().limit(50).forEach(violation -> System.out.println("VIOLATION: " + violation));
        System.out.println(violations.isEmpty() ? "no violation" : violations.size() + " violations, seed " + seed);
        return violations.isEmpty();
    }

    private DiscoveryApplication application(SimulatedCluster cluster) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("proxmox.clusters", CLUSTER);
        settings.put("proxmox.soak.url", cluster.url());
        settings.put("proxmox.soak.fingerprint", cluster.fingerprint());
        settings.put("proxmox.soak.token-id", SyntheticCluster.TOKEN_ID);
        settings.put("proxmox.soak.connect-timeout", "400ms");
        settings.put("proxmox.soak.timeout", "1000ms");
        settings.put("proxmox.soak.agent-timeout", "500ms");
        settings.put("proxmox.soak.max-reply", "1MiB");
        settings.put("sink.file.directory", FOLDER.resolve("out").toString());
        settings.put("discovery.data", FOLDER.resolve("data").toString());
        settings.putAll(extra);
        RouteFiles routes = RouteFiles.in(Path.of("routes"));
        Map<String, String> environment = Map.of("PROXMOX_SOAK_TOKEN_SECRET", SyntheticCluster.TOKEN_SECRET);
        SettingsLoader loader = new SettingsLoader(environment, cron -> Optional.empty());
        return new DiscoveryApplication(
                loader.load(Optional.empty(), settings, routes.placeholders()).settings(), routes, Mode.ONCE, secret -> {});
    }

    /** One run of the program. */
    private final class Round {

        private final int number;
        private final SimulatedCluster cluster;
        private final DiscoveryApplication application;
        private final Random random;
        private final Map<Integer, Set<String>> nodes = new HashMap<>();
        private final Set<Integer> mayBeMissing = new HashSet<>();
        private final List<BooleanSupplier> met = new ArrayList<>();
        private final List<SimulatedGuest> before;
        private String kind = "";

        Round(int number, SimulatedCluster cluster, DiscoveryApplication application) {
            this.number = number;
            this.cluster = cluster;
            this.application = application;
            this.random = new Random(seed * 1000 + number);
            before = cluster.guests();
            before.forEach(guest -> nodes.put(guest.vmid(), new TreeSet<>(Set.of(guest.node()))));
        }

        void play() throws Exception {
            cluster.log().clear();
            disturb();
            Set<Path> known = reports();
            long begin = System.nanoTime();
            application.pollNow();
            Optional<Path> report = await(known);
            boolean wasMet = met.stream().anyMatch(BooleanSupplier::getAsBoolean);
            faulty += wasMet ? 1 : 0;
            kinds.computeIfAbsent(kind, any -> new ArrayList<>()).add((System.nanoTime() - begin) / 1_000_000);
            if (report.isEmpty()) {
                violation("the run did not end within " + PATIENCE);
            } else {
                check(report.get(), wasMet);
            }
            checkLimits();
            calm();
        }

        private void disturb() {
            int draw = random.nextInt(100);
            if (draw < 10) {
                kind = "nothing";
            } else if (draw < 50) {
                mix("guests", "/nodes/.*/(config|interfaces|network-get-interfaces)", 0.02 + 0.25 * random.nextDouble());
            } else if (draw < 62) {
                mix("everything", "", 0.01 + 0.08 * random.nextDouble());
            } else if (draw < 74) {
                node();
            } else if (draw < 82) {
                port();
            } else if (draw < 90) {
                access();
            } else {
                guests();
            }
        }

        private void mix(String name, String regex, double rate) {
            kind = "faults at random: " + name;
            FaultMix mix = new FaultMix(random.nextLong(), rate, faults());
            met.add(() -> mix.hits() > 0);
            cluster.fault(regex, mix.fault());
            // A config without data is wrong; elsewhere it may be the truth.
            List<Fault> choices = new ArrayList<>(faults());
            choices.addAll(List.of(Fault.json("{\"data\":null}"), Fault.json("{\"data\":[1]}")));
            FaultMix ofConfigs = new FaultMix(random.nextLong(), rate, choices);
            met.add(() -> ofConfigs.hits() > 0);
            cluster.fault("/config", ofConfigs.fault());
        }

        private void node() {
            String node = "pve" + (2 + random.nextInt(3));
            NodeState state = List.of(
                            NodeState.offline(),
                            NodeState.offline("No route to host"),
                            NodeState.dying("Connection refused"),
                            NodeState.hanging(Duration.ofMillis(300)),
                            NodeState.unknown())
                    .get(random.nextInt(5));
            kind = "node " + state.listed() + " " + state.reason();
            if (random.nextBoolean()) {
                met.add(() -> true);
                cluster.node(node, state);
            } else {
                kind += " in mid-run";
                hitOnce("/config", Fault.changedAfter(() -> cluster.node(node, state)));
            }
        }

        private void port() {
            List<PortState> states = List.of(PortState.CLOSED, PortState.SILENT, PortState.RESETTING, PortState.FULL);
            PortState state = states.get(random.nextInt(states.size()));
            kind = "port of the entry " + state;
            if (random.nextInt(3) == 0) {
                met.add(() -> true);
                cluster.port("pve1", state);
            } else {
                kind += " in mid-run";
                hitOnce("/config", Fault.changedAfter(() -> cluster.port("pve1", state)));
            }
        }

        private void access() {
            switch (random.nextInt(4)) {
                case 0 -> {
                    kind = "other certificate";
                    met.add(() -> true);
                    CertificateKind[] others = {
                        CertificateKind.EXPIRED, CertificateKind.FOR_ANOTHER_HOST, CertificateKind.WITH_ANOTHER_KEY
                    };
                    cluster.show(others[random.nextInt(others.length)]);
                }
                case 1 -> {
                    kind = "token no longer good in mid-run";
                    hitOnce("/config", Fault.changedAfter(() -> cluster.rotateSecret(SyntheticCluster.TOKEN_ID, "other")));
                }
                case 2 -> {
                    kind = "privileges gone in mid-run";
                    hitOnce("/config", Fault.changedAfter(() -> grant(Privileges.none())));
                }
                default -> {
                    kind = "no privilege for agents";
                    met.add(() -> true);
                    grant(Privileges.withoutAgent());
                }
            }
        }

        private void guests() {
            SimulatedGuest guest = before.get(random.nextInt(before.size()));
            String target = "pve" + (1 + random.nextInt(4));
            String config = "/" + guest.vmid() + "/config";
            switch (random.nextInt(4)) {
                case 0 -> {
                    kind = "guest migrates before its config is read";
                    nodes.get(guest.vmid()).add(target);
                    hitOnce(config, Fault.changedBefore(() -> cluster.migrate(guest.vmid(), target)));
                }
                case 1 -> {
                    kind = "guest removed before its config is read";
                    mayBeMissing.add(guest.vmid());
                    hitOnce(config, Fault.changedBefore(() -> cluster.remove(guest.vmid())));
                }
                case 2 -> {
                    kind = "guest vanishes";
                    mayBeMissing.add(guest.vmid());
                    met.add(() -> true);
                    cluster.vanish(guest.vmid());
                }
                default -> {
                    kind = "guest listed twice";
                    met.add(() -> true);
                    nodes.get(guest.vmid()).add(target);
                    mayBeMissing.add(guest.vmid());
                    cluster.listTwice(guest.vmid(), target);
                }
            }
        }

        private void grant(Privileges privileges) {
            cluster.grant(SyntheticCluster.TOKEN_ID, privileges);
        }

        private void hitOnce(String regex, Fault fault) {
            ActiveFault active = cluster.fault(regex, fault, 1);
            met.add(() -> active.hits() > 0);
        }

        /** As it was; guests stay where they migrated to. */
        private void calm() {
            cluster.clearFaults();
            synthetic.nodeNames().forEach(node -> {
                cluster.node(node, NodeState.online());
                cluster.port(node, PortState.OPEN);
            });
            before.forEach(guest -> cluster.listOnce(guest.vmid()));
            cluster.show(CertificateKind.VALID);
            grant(Privileges.full());
            cluster.rotateSecret(SyntheticCluster.TOKEN_ID, SyntheticCluster.TOKEN_SECRET);
            before.forEach(guest -> {
                String node = cluster.guest(guest.vmid()).map(SimulatedGuest::node).orElse(guest.node());
                cluster.put(guest.change().node(node));
            });
            if (random.nextInt(5) == 0) {
                cluster.restart(runningGuest());
            }
        }

        private int runningGuest() {
            List<SimulatedGuest> running = before.stream()
                    .filter(guest -> guest.status().equals("running"))
                    .toList();
            return running.get(random.nextInt(running.size())).vmid();
        }

        private Optional<Path> await(Set<Path> known) throws Exception {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                Set<Path> now = reports();
                now.removeAll(known);
                if (!now.isEmpty()) {
                    return Optional.of(now.iterator().next());
                }
                Thread.sleep(10);
            }
            return Optional.empty();
        }

        private void check(Path file, boolean wasMet) throws IOException {
            JsonNode report = JSON.readTree(file.toFile());
            List<JsonNode> hosts = hosts(file);
            boolean isComplete = report.path("complete").asBoolean();
            complete += isComplete ? 1 : 0;
            checkSum(report, "the run");
            report.path("nodes").forEach(node -> checkSum(node, node.path("node").asText()));
            for (String figure : List.of("guests", "read", "skipped", "failed", "hosts")) {
                int sum = sum(report, figure);
                if (isComplete && sum != report.path(figure).asInt()) {
                    violation(figure + " are " + report.path(figure) + ", but " + sum + " over the nodes");
                }
            }
            if (hosts.size() != report.path("hosts").asInt()) {
                violation(hosts.size() + " hosts in the file, " + report.path("hosts") + " in the report");
            }
            hosts.forEach(this::checkHost);
            checkAllThere(hosts, isComplete);
            if (!wasMet) {
                untouched++;
                slow += isComplete ? 0 : 1;
            }
        }

        private int sum(JsonNode report, String figure) {
            int sum = 0;
            for (JsonNode node : report.path("nodes")) {
                sum += node.path(figure).asInt();
            }
            return sum;
        }

        private void checkSum(JsonNode tally, String of) {
            int parts = tally.path("read").asInt() + tally.path("skipped").asInt() + tally.path("failed").asInt();
            if (tally.path("guests").asInt() != parts) {
                violation("guests = read + skipped + failed does not hold of " + of + ": " + tally);
            }
        }

        private void checkAllThere(List<JsonNode> hosts, boolean isComplete) {
            Set<String> found = new HashSet<>();
            hosts.stream().map(host -> host.path("id").asText()).filter(id -> !found.add(id)).forEach(id -> violation(
                    id + " is there twice"));
            if (isComplete) {
                truth.keySet().stream()
                        .filter(id -> !found.contains(id))
                        .filter(id -> !mayBeMissing.contains(vmid(id)))
                        .forEach(id -> violation(id + " is missing in a run that says it is complete"));
            }
        }

        private void checkHost(JsonNode host) {
            ExpectedHost expected = truth.get(host.path("id").asText());
            if (expected == null) {
                violation("no such interface: " + host);
                return;
            }
            JsonNode net = host.at("/proxmox/interface");
            compare(host, "mac", expected.mac(), host.path("mac").asText());
            compare(host, "hostname", expected.hostname(), host.path("hostname").asText());
            compare(host, "vlan", expected.vlan(), net.path("vlan").isNumber() ? net.path("vlan").intValue() : null);
            compare(host, "bridge", expected.bridge(), net.path("bridge").asText());
            compare(host, "template", expected.template(), host.at("/proxmox/template").asBoolean());
            compare(host, "tags", expected.tags(), texts(host.at("/proxmox/tags")));
            String status = host.at("/proxmox/status").asText();
            if (!status.equals("unknown")) {
                compare(host, "status", expected.status(), status);
            }
            String pool = host.at("/proxmox/pool").isNull() ? null : host.at("/proxmox/pool").asText();
            if (!kind.startsWith("privileges")) {
                compare(host, "pool", expected.pool(), pool);
            }
            if (!nodes.get(vmid(expected.id())).contains(host.at("/proxmox/node").asText())) {
                violation(expected.id() + " is on " + nodes.get(vmid(expected.id())) + ", not as in " + host);
            }
            checkAddresses(host, expected);
        }

        /** Where the guest itself could not be asked, the addresses of its config stand, or the last that it told. */
        private void checkAddresses(JsonNode host, ExpectedHost expected) {
            List<String> found = texts(host.path("ip_addresses"));
            boolean asked = Set.of("ok", "off").contains(host.at("/proxmox/agent").asText())
                    && texts(host.at("/proxmox/notes")).stream().noneMatch(note -> note.matches("AGENT_.*|ADDRESSES_STALE"));
            if (asked) {
                compare(host, "ip_addresses", expected.addresses(), found);
                return;
            }
            Set<String> possible = new HashSet<>(expected.addresses());
            cluster.guest(vmid(expected.id())).ifPresent(guest -> possible.addAll(configured(guest)));
            if (!possible.containsAll(found)) {
                violation(expected.id() + " has " + found + ", only these are possible: " + possible);
            }
        }

        private void compare(JsonNode host, String field, Object expected, Object found) {
            if (!Objects.equals(expected, found)) {
                violation(field + " is " + found + " instead of " + expected + " in " + host);
            }
        }

        private void checkLimits() {
            for (String node : synthetic.nodeNames()) {
                atMost(LANES, cluster.log().maxInFlight(node), "requests at once on " + node);
                atMost(CALLS, cluster.log().maxGuestCallsInFlight(node), "calls into guests at once on " + node);
            }
            atMost(1, cluster.log().maxInFlightOfOneGuest(), "requests at once for one guest");
        }

        private void atMost(int limit, int seen, String what) {
            if (seen > limit) {
                violation(seen + " " + what);
            }
        }

        private void violation(String what) {
            violations.add("run " + number + " (" + kind + "): " + what);
        }
    }

    /** None of these makes a valid answer that is wrong: what comes through must be the truth. */
    private static List<Fault> faults() {
        return List.of(
                Fault.status(500, "got timeout"),
                Fault.status(500, "something broke"),
                Fault.status(502, "Bad Gateway"),
                Fault.unavailable(Duration.ofSeconds(1)),
                Fault.status(595, "Connection refused"),
                Fault.status(596, "Connection timed out"),
                Fault.status(599, "Too many redirections"),
                Fault.status(403, "Permission check failed (/vms/100, VM.Audit)"),
                Fault.redirect("https://127.0.0.1:9/"),
                Fault.loginPage(),
                Fault.json("null"),
                Fault.json(""),
                Fault.cut(0),
                Fault.cut(20),
                WireFaults.cutAt(0),
                WireFaults.cutAt(7),
                WireFaults.cutAt(60),
                WireFaults.chunked(),
                WireFaults.chunkedAndCut(15),
                WireFaults.gzip(),
                WireFaults.gzipBomb(3_000_000),
                WireFaults.invalidUtf8(),
                WireFaults.dripAll(Duration.ofMillis(30)),
                Fault.drip(Duration.ofMillis(1)),
                Fault.delay(Duration.ofMillis(50)),
                Fault.hang(),
                Fault.reset(),
                Fault.huge(2_000_000, true),
                Fault.huge(2_000_000, false));
    }

    private static Set<String> configured(SimulatedGuest guest) {
        return guest.config().values().stream()
                .flatMap(value -> Stream.of(value.toString().split("[,=/]")))
                .map(IpAddress::parse)
                .flatMap(Optional::stream)
                .map(IpAddress::text)
                .collect(Collectors.toSet());
    }

    private static int vmid(String id) {
        return Integer.parseInt(id.split("/")[2]);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Set<Path> reports() throws IOException {
        Path folder = FOLDER.resolve("out").resolve(CLUSTER);
        if (Files.notExists(folder)) {
            return new HashSet<>();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".report.json")).collect(Collectors.toSet());
        }
    }

    private static List<JsonNode> hosts(Path report) throws IOException {
        Path file = Path.of(report.toString().replace(".report.json", ".ndjson"));
        List<JsonNode> hosts = new ArrayList<>();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            hosts.add(JSON.readTree(line));
        }
        return hosts;
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /**
     * What this process holds: the program, and the cluster without its threads.
     *
     * @param files open handles that are no sockets
     * @param heap MiB after a collection
     */
    private record Usage(int threads, int sockets, int files, long heap) {

        private static final int MORE_THREADS = 8;
        private static final int MORE_SOCKETS = 12;
        private static final int MORE_FILES = 8;
        private static final int MORE_HEAP = 16;

        static Usage now() throws IOException {
            int sockets = 0;
            int files = 0;
            try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
                for (Path handle : handles.toList()) {
                    boolean socket = Files.isSymbolicLink(handle)
                            && Files.readSymbolicLink(handle).toString().startsWith("socket:");
                    sockets += socket ? 1 : 0;
                    files += socket ? 0 : 1;
                }
            }
            long threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !thread.getName().equals("simulated-cluster"))
                    .count();
            System.gc();
            Runtime memory = Runtime.getRuntime();
            return new Usage((int) threads, sockets, files, (memory.totalMemory() - memory.freeMemory()) / (1024 * 1024));
        }

        /** After the connections that nobody uses have had the time to end. */
        static Usage settled() throws Exception {
            Thread.sleep(2000);
            return now();
        }

        /** The same, with more time if it looks like a leak. */
        static Usage settled(Usage baseline) throws Exception {
            Usage usage = settled();
            for (int tries = 0; tries < 20 && !usage.leaksSince(baseline).isEmpty(); tries++) {
                usage = settled();
            }
            return usage;
        }

        List<String> leaksSince(Usage baseline) {
            List<String> leaks = new ArrayList<>();
            if (threads > baseline.threads + MORE_THREADS) {
                leaks.add("threads leak: " + threads + ", before " + baseline.threads);
            }
            if (sockets > baseline.sockets + MORE_SOCKETS) {
                leaks.add("connections leak: " + sockets + ", before " + baseline.sockets);
            }
            if (files > baseline.files + MORE_FILES) {
                leaks.add("file handles leak: " + files + ", before " + baseline.files);
            }
            if (heap > baseline.heap + MORE_HEAP) {
                leaks.add("heap leaks: " + heap + " MiB, before " + baseline.heap);
            }
            return leaks;
        }

        @Override
        public String toString() {
            return threads + " threads, " + sockets + " sockets, " + files + " other handles, " + heap + " MiB of heap";
        }
    }
}
