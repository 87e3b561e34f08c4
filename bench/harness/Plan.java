package harness;

import io.github.proxmoxdiscovery.sim.SyntheticCluster;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The clusters of a scenario.
 *
 * @param guests of each cluster
 * @param deadShare the share of agents that do not answer
 * @param latency whether calls take their time
 */
record Plan(int clusters, int guests, int nodes, double deadShare, boolean latency) {

    private static final int FIRST_VMID = 100;

    static Plan of(int guests, int nodes, boolean latency) {
        return new Plan(1, guests, nodes, 0, latency);
    }

    /** The same with as many dead agents, exactly. */
    Plan withDead(int dead) {
        double low = 0;
        double high = 1;
        while (high - low > 1e-9) {
            double middle = (low + high) / 2;
            long found = ClusterServer.dead(SyntheticCluster.of(guests, nodes).withDeadAgents(middle));
            if (found == dead) {
                return new Plan(clusters, guests, nodes, middle, latency);
            }
            low = found < dead ? middle : low;
            high = found < dead ? high : middle;
        }
        throw new IllegalArgumentException(guests + " guests have no " + dead + " agents");
    }

    List<SyntheticCluster> synthetic() {
        return IntStream.range(0, clusters)
                .mapToObj(number -> new SyntheticCluster(guests, nodes, 1 + number, deadShare))
                .toList();
    }

    String name(int cluster) {
        return clusters == 1 ? "bench" : "bench-" + cluster;
    }

    /** As many vmids, spread evenly over all of them. */
    static List<Integer> spread(int guests, int number) {
        return IntStream.range(0, number)
                .mapToObj(index -> FIRST_VMID + (int) ((long) index * guests / number))
                .toList();
    }

    static String renamed(int vmid, String suffix) {
        return "renamed-" + vmid + "-" + suffix;
    }

    String text() {
        return clusters + "," + guests + "," + nodes + "," + deadShare + "," + latency;
    }

    static Plan parse(String text) {
        String[] parts = text.split(",");
        return new Plan(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Double.parseDouble(parts[3]),
                Boolean.parseBoolean(parts[4]));
    }

    @Override
    public String toString() {
        String each = String.format(Locale.ROOT, "%,d guests on %d nodes", guests, nodes);
        return (clusters == 1 ? each : clusters + " clusters of " + each) + (latency ? ", latency" : ", no latency");
    }
}
