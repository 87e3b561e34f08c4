package io.github.proxmoxdiscovery.sim;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A cluster of any size, drawn from a seed, and what discovery has to find in it. What it expects holds from PVE 8.4
 * on; older releases do not tell all addresses of containers.
 *
 * @param deadAgents the share of agents that do not answer, 0 to 1
 */
public record SyntheticCluster(int guests, int nodes, long seed, double deadAgents) {

    public static final String TOKEN_ID = "discovery@pve!synthetic";
    public static final String TOKEN_SECRET = "00000000-5555-4666-8777-888888888888";

    public static SyntheticCluster of(int guests, int nodes) {
        return new SyntheticCluster(guests, nodes, 1, 0);
    }

    public SyntheticCluster withSeed(long other) {
        return new SyntheticCluster(guests, nodes, other, deadAgents);
    }

    public SyntheticCluster withDeadAgents(double share) {
        return new SyntheticCluster(guests, nodes, seed, share);
    }

    /** pve1, pve2 and so on. */
    public List<String> nodeNames() {
        return IntStream.rangeClosed(1, nodes)
                .mapToObj(number -> "pve" + number)
                .toList();
    }

    public SimulatedCluster.Builder create() {
        return SimulatedCluster.builder()
                .nodes(nodeNames().toArray(String[]::new))
                .random(new Random(seed))
                .token(TOKEN_ID, TOKEN_SECRET)
                .guests(simulatedGuests());
    }

    public List<SimulatedGuest> simulatedGuests() {
        Random spelling = new Random(seed);
        return truth().stream().map(guest -> guest.simulated(spelling)).toList();
    }

    /** @param cluster the name under which the cluster is configured */
    public List<ExpectedHost> expected(String cluster) {
        return truth().stream()
                .flatMap(guest -> guest.expected(cluster).stream())
                .toList();
    }

    private List<SyntheticGuest> truth() {
        return new SyntheticTruth(seed, nodeNames(), deadAgents).draw(guests);
    }
}
