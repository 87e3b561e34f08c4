import com.sun.net.httpserver.HttpServer;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures how long {@code once} takes from its start to the first host that an HTTP sink gets, of a cluster with one
 * guest: see bench/README.md. Variants take turns, so that a noisy machine is unjust to none.
 */
public final class StartUp {

    private static final Pattern TIME = Pattern.compile("wall=([0-9.]+) user=([0-9.]+) sys=([0-9.]+) kib=([0-9]+)");

    /** Seconds from the start, CPU seconds by then, wall and CPU seconds until the end, and peak memory. */
    private record Figures(double post, double cpuAtPost, double wall, double cpu, double mebibytes) {}

    private record Post(long nanos, double cpu) {}

    private final AtomicReference<Process> process = new AtomicReference<>();
    private final AtomicReference<Post> post = new AtomicReference<>();

    private StartUp() {}

    /** {@code --rounds N}, and any number of {@code --variant 'name|ENV=value|ENV=value'}. */
    public static void main(String[] arguments) throws Exception {
        int rounds = 5;
        Map<String, List<String>> variants = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (arguments[i].equals("--rounds")) {
                rounds = Integer.parseInt(arguments[i + 1]);
            } else {
                List<String> words = List.of(arguments[i + 1].split("\\|"));
                variants.put(words.get(0), words.subList(1, words.size()));
            }
        }
        if (variants.isEmpty()) {
            variants.put("as it is", List.of());
        }
        new StartUp().measure(rounds, variants);
    }

    private void measure(int rounds, Map<String, List<String>> variants) throws Exception {
        Path folder = Files.createTempDirectory("proxmox-discovery-start-up");
        HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.createContext("/", exchange -> {
            long now = System.nanoTime();
            post.compareAndSet(null, new Post(now, cpu()));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        sink.start();
        Map<String, List<Figures>> all = new HashMap<>();
        try (SimulatedCluster cluster = SyntheticCluster.of(1, 1).create().start()) {
            for (int round = 0; round <= rounds; round++) {
                for (String name : variants.keySet()) {
                    Figures figures = run(command(cluster, sink, folder), variants.get(name), folder.resolve("log"));
                    if (round == 0) {
                        System.out.printf("%-24s first start %s%n", name, figures);
                    } else {
                        all.computeIfAbsent(name, key -> new ArrayList<>()).add(figures);
                    }
                }
            }
        } finally {
            sink.stop(0);
        }
        System.out.printf("medians of %d starts, %d processors%n", rounds, Runtime.getRuntime().availableProcessors());
        variants.keySet().forEach(name -> System.out.printf("%-24s %s%n", name, median(all.get(name))));
    }

    private Figures run(List<String> command, List<String> environment, Path log) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PROXMOX_BENCH_TOKEN_SECRET", SyntheticCluster.TOKEN_SECRET);
        for (String variable : environment) {
            String[] pair = variable.split("=", 2);
            builder.environment().put(pair[0], pair[1]);
        }
        post.set(null);
        long start = System.nanoTime();
        process.set(builder.start());
        int exitCode = process.get().waitFor();
        Matcher time = TIME.matcher(Files.readString(log));
        if (exitCode != 0 || post.get() == null || !time.find()) {
            throw new IllegalStateException("exit code " + exitCode + ": " + Files.readString(log));
        }
        return new Figures(
                (post.get().nanos - start) / 1e9,
                post.get().cpu,
                Double.parseDouble(time.group(1)),
                Double.parseDouble(time.group(2)) + Double.parseDouble(time.group(3)),
                Long.parseLong(time.group(4)) / 1024.0);
    }

    /** What the program, the child of /usr/bin/time, has used so far. */
    private double cpu() {
        return process.get().descendants()
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToLong(Duration::toMillis)
                .sum() / 1000.0;
    }

    private static Figures median(List<Figures> of) {
        return new Figures(
                median(of.stream().mapToDouble(Figures::post).sorted().toArray()),
                median(of.stream().mapToDouble(Figures::cpuAtPost).sorted().toArray()),
                median(of.stream().mapToDouble(Figures::wall).sorted().toArray()),
                median(of.stream().mapToDouble(Figures::cpu).sorted().toArray()),
                median(of.stream().mapToDouble(Figures::mebibytes).sorted().toArray()));
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static List<String> command(SimulatedCluster cluster, HttpServer sink, Path folder) {
        return List.of(
                "/usr/bin/time", "-f", "wall=%e user=%U sys=%S kib=%M",
                System.getenv().getOrDefault("PROGRAM", "bin/proxmox-discovery"), "once",
                "-D", "proxmox.clusters=bench",
                "-D", "proxmox.bench.url=" + cluster.url(),
                "-D", "proxmox.bench.fingerprint=" + cluster.fingerprint(),
                "-D", "proxmox.bench.token-id=" + SyntheticCluster.TOKEN_ID,
                "-D", "discovery.sinks=http",
                "-D", "sink.http.url=http://127.0.0.1:" + sink.getAddress().getPort() + "/",
                "-D", "discovery.data=" + folder.resolve("data"),
                "--config", folder.toString());
    }
}
