package harness;

import io.github.proxmoxdiscovery.sim.AgentState;
import io.github.proxmoxdiscovery.sim.GuestType;
import io.github.proxmoxdiscovery.sim.Latency;
import io.github.proxmoxdiscovery.sim.RecordedRequest;
import io.github.proxmoxdiscovery.sim.RequestLog;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The simulated clusters, in a process of their own, so that their work counts for nobody. Does what it is told on
 * stdin, a line each, and answers each with a line on stdout; ends with its stdin.
 */
public final class ClusterServer {

    private final List<SimulatedCluster> clusters = new ArrayList<>();

    private ClusterServer() {}

    public static void main(String[] arguments) throws IOException {
        ClusterServer server = new ClusterServer();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(server.done(line.split(" ")));
        }
    }

    private String done(String[] words) throws IOException {
        return switch (words[0]) {
            case "start" -> start(Plan.parse(words[1]));
            case "clear" -> clear();
            case "stats" -> stats();
            case "begun" -> String.valueOf(begun());
            case "pem" -> pem(Path.of(words[1]));
            case "rename" -> rename(Integer.parseInt(words[1]), words[2]);
            default -> throw new IllegalArgumentException("unknown command " + words[0]);
        };
    }

    /** Answers the fingerprint and the address of each cluster. */
    private String start(Plan plan) {
        clusters.forEach(SimulatedCluster::close);
        clusters.clear();
        for (SyntheticCluster synthetic : plan.synthetic()) {
            clusters.add(synthetic
                    .create()
                    .latency(plan.latency() ? real() : Latency.none())
                    .workers(3, 3)
                    .start());
        }
        return clusters.get(0).fingerprint() + " "
                + clusters.stream().map(SimulatedCluster::url).collect(Collectors.joining(" "));
    }

    private static Latency real() {
        return Latency.none()
                .withList(Duration.ofMillis(5))
                .withConfig(Duration.ofMillis(5))
                .withGuestCall(Duration.ofMillis(30))
                .withDeadAgent(Duration.ofSeconds(3));
    }

    private String clear() {
        clusters.forEach(cluster -> cluster.log().clear());
        return "ok";
    }

    /** How many runs have begun since the log was cleared: each asks for the list of guests once. */
    private long begun() {
        return clusters.stream()
                .mapToLong(cluster -> cluster.log().requests(request -> request.target().contains("resources")).size())
                .sum();
    }

    /** Requests, connections, the most at once in a cluster, at a node, and of calls into guests of a node; targets. */
    private String stats() {
        int calls = 0;
        int atNode = 0;
        List<String> targets = new ArrayList<>();
        for (SimulatedCluster cluster : clusters) {
            RequestLog log = cluster.log();
            List<String> nodes = log.requests().stream().map(RecordedRequest::node).distinct().toList();
            calls = Math.max(calls, most(nodes, log::maxGuestCallsInFlight));
            atNode = Math.max(atNode, most(nodes, log::maxInFlight));
            log.requests().forEach(request -> targets.add(request.target()));
        }
        int hash = targets.stream().sorted().toList().hashCode();
        return IntStream.of(
                        targets.size(),
                        clusters.stream().mapToInt(cluster -> cluster.log().connections()).sum(),
                        most(clusters, cluster -> cluster.log().maxInFlight()),
                        atNode,
                        calls,
                        hash)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    private static <T> int most(List<T> of, ToIntFunction<T> number) {
        return of.stream().mapToInt(number).max().orElse(0);
    }

    private String pem(Path file) throws IOException {
        Files.writeString(file, clusters.get(0).certificatePem());
        return "ok";
    }

    /** Gives guests of the first cluster another name, spread over all of them. */
    private String rename(int number, String suffix) {
        SimulatedCluster cluster = clusters.get(0);
        for (int vmid : Plan.spread(cluster.guests().size(), number)) {
            boolean container = cluster.guest(vmid).orElseThrow().type() == GuestType.LXC;
            cluster.change(
                    vmid, guest -> guest.config(container ? "hostname" : "name", Plan.renamed(vmid, suffix)));
        }
        return "ok";
    }

    /** How many agents of these guests do not answer. */
    static long dead(SyntheticCluster cluster) {
        return cluster.simulatedGuests().stream()
                .filter(guest -> guest.agent().kind() == AgentState.Kind.DEAD)
                .count();
    }
}
