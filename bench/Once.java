import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.sim.ExpectedHost;
import io.github.proxmoxdiscovery.sim.Latency;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures {@code once} against a simulated cluster: see bench/README.md. The cluster lives in this process, the program
 * in processes of its own, measured from outside by /usr/bin/time.
 */
public final class Once {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ELAPSED = Pattern.compile("wall=([0-9.]+) user=([0-9.]+) sys=([0-9.]+) kib=([0-9]+)");

    private final int guests;
    private final int nodes;
    private final int dead;
    private final int rounds;
    private final List<String> extra;

    private Once(Map<String, String> options, List<String> extra) {
        guests = Integer.parseInt(options.getOrDefault("--guests", "2000"));
        nodes = Integer.parseInt(options.getOrDefault("--nodes", "10"));
        dead = Integer.parseInt(options.getOrDefault("--dead", "0"));
        rounds = Integer.parseInt(options.getOrDefault("--rounds", "3"));
        this.extra = extra;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        List<String> extra = new ArrayList<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (arguments[i].equals("-D")) {
                extra.add("-D");
                extra.add(arguments[i + 1]);
            } else {
                options.put(arguments[i], arguments[i + 1]);
            }
        }
        new Once(options, extra).measure();
    }

    private void measure() throws Exception {
        SyntheticCluster synthetic =
                SyntheticCluster.of(guests, nodes).withDeadAgents(dead / (double) guests);
        Latency latency = Latency.none()
                .withList(Duration.ofMillis(5))
                .withConfig(Duration.ofMillis(5))
                .withGuestCall(Duration.ofMillis(30))
                .withDeadAgent(Duration.ofSeconds(3));
        System.out.println("machine: " + Runtime.getRuntime().availableProcessors() + " processors, program on Java "
                + System.getProperty("java.version"));
        System.out.println("cluster: " + guests + " guests on " + nodes + " nodes, " + dead
                + " dead agents (about), list/config 5 ms, agent 30 ms, dead agent 3 s, 3+3 workers a node");
        try (SimulatedCluster cluster =
                synthetic.create().latency(latency).workers(3, 3).start()) {
            for (int round = 1; round <= rounds; round++) {
                System.out.println("round " + round + ": " + round(cluster, synthetic.expected("bench")));
            }
        }
    }

    private String round(SimulatedCluster cluster, List<ExpectedHost> expected) throws Exception {
        Path folder = Files.createTempDirectory("proxmox-discovery-bench");
        Figures raw = run(cluster, folder.resolve("raw.txt"), rawCommand(cluster));
        Figures program = run(cluster, folder.resolve("log.txt"), command(cluster, folder));
        String result = String.format(
                "%s, %d of %d interfaces right%n         bare client: %s%n         ratio: wall %.2f, CPU %.2f%n         %s",
                program,
                right(folder.resolve("out/bench/latest.ndjson"), expected),
                expected.size(),
                raw,
                program.wall / raw.wall,
                program.cpu / raw.cpu,
                Files.readAllLines(folder.resolve("log.txt")).stream()
                        .filter(line -> line.contains(" run of "))
                        .findFirst()
                        .orElse("(no report line)"));
        remove(folder);
        return result;
    }

    private static void remove(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** What /usr/bin/time says of a process, and what the cluster saw of it. */
    private record Figures(int exitCode, double wall, double cpu, long mebibytes, int requests, int connections, int inFlight) {

        @Override
        public String toString() {
            return String.format(
                    "exit code %d, wall %.2f s, CPU %.2f s, peak memory %d MiB, %d requests over %d connections, at most"
                            + " %d in flight",
                    exitCode, wall, cpu, mebibytes, requests, connections, inFlight);
        }
    }

    private static Figures run(SimulatedCluster cluster, Path log, List<String> command) throws Exception {
        cluster.log().clear();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PROXMOX_BENCH_TOKEN_SECRET", SyntheticCluster.TOKEN_SECRET);
        builder.environment().put("TOKEN_SECRET", SyntheticCluster.TOKEN_SECRET);
        int exitCode = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        Matcher figures = ELAPSED.matcher(Files.readString(log));
        if (!figures.find()) {
            throw new IllegalStateException("no figures in " + Files.readString(log));
        }
        return new Figures(
                exitCode,
                Double.parseDouble(figures.group(1)),
                Double.parseDouble(figures.group(2)) + Double.parseDouble(figures.group(3)),
                Long.parseLong(figures.group(4)) / 1024,
                cluster.log().size(),
                cluster.log().connections(),
                cluster.log().maxInFlight());
    }

    private static List<String> rawCommand(SimulatedCluster cluster) throws Exception {
        Path classes = Path.of("target", "bench");
        String classPath = "target/lib/*";
        int exitCode = new ProcessBuilder("javac", "-nowarn", "-d", classes.toString(), "-cp", classPath, "bench/Raw.java")
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("bench/Raw.java does not compile");
        }
        return List.of(
                "/usr/bin/time", "-f", "wall=%e user=%U sys=%S kib=%M",
                java(), "-cp", classes + ":" + classPath, "Raw", cluster.url(), SyntheticCluster.TOKEN_ID);
    }

    /** The Java that the program's own script takes. */
    private static String java() {
        String home = System.getenv("JAVA_HOME");
        return home == null || home.isEmpty() ? "java" : home + "/bin/java";
    }

    private List<String> command(SimulatedCluster cluster, Path folder) {
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/time", "-f", "wall=%e user=%U sys=%S kib=%M",
                "bin/proxmox-discovery", "once",
                "-D", "proxmox.clusters=bench",
                "-D", "proxmox.bench.url=" + cluster.url(),
                "-D", "proxmox.bench.fingerprint=" + cluster.fingerprint(),
                "-D", "proxmox.bench.token-id=" + SyntheticCluster.TOKEN_ID,
                "-D", "discovery.sinks=file",
                "-D", "sink.file.directory=" + folder.resolve("out"),
                "-D", "discovery.data=" + folder.resolve("data"),
                "--config", folder.toString()));
        command.addAll(extra);
        return command;
    }

    private static long right(Path file, List<ExpectedHost> expected) throws Exception {
        Map<String, JsonNode> found = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode host = JSON.readTree(line);
            found.put(host.path("id").asText(), host);
        }
        return expected.stream().filter(host -> isRight(host, found.remove(host.id()))).count() - found.size();
    }

    private static boolean isRight(ExpectedHost expected, JsonNode host) {
        if (host == null) {
            return false;
        }
        List<String> addresses = new ArrayList<>();
        host.path("ip_addresses").forEach(address -> addresses.add(address.asText()));
        JsonNode net = host.at("/proxmox/interface");
        Integer vlan = net.path("vlan").isNumber() ? net.path("vlan").intValue() : null;
        return expected.mac().equals(host.path("mac").asText())
                && expected.hostname().equals(host.path("hostname").asText())
                && expected.addresses().equals(addresses)
                && Objects.equals(expected.vlan(), vlan)
                && expected.bridge().equals(net.path("bridge").asText())
                && expected.status().equals(host.at("/proxmox/status").asText())
                && expected.template() == host.at("/proxmox/template").asBoolean()
                && expected.node().equals(host.at("/proxmox/node").asText());
    }
}
