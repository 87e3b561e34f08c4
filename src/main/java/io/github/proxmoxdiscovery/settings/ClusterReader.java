package io.github.proxmoxdiscovery.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the settings of one cluster. */
final class ClusterReader {

    private final String cluster;
    private final Values values;
    private final Problems problems;

    ClusterReader(String cluster, Values values, Problems problems) {
        this.cluster = cluster;
        this.values = values;
        this.problems = problems;
    }

    /** The settings, unless something is wrong that leaves none. */
    Optional<ClusterSettings> read() {
        Optional<List<String>> urls = values.need(ClusterKeys.URL.of(cluster));
        Optional<Login> login = new LoginReader(cluster, values, problems).read();
        Trust trust = new TrustReader(cluster, values, problems).read();
        int nodeConcurrency = get(ClusterKeys.NODE_CONCURRENCY);
        int agentConcurrency = agentConcurrency(nodeConcurrency);
        int concurrency = get(ClusterKeys.CONCURRENCY);
        Duration connectTimeout = get(ClusterKeys.CONNECT_TIMEOUT);
        Duration timeout = get(ClusterKeys.TIMEOUT);
        Duration agentTimeout = get(ClusterKeys.AGENT_TIMEOUT);
        long maxReply = get(ClusterKeys.MAX_REPLY);
        return urls.flatMap(addresses -> login.map(who -> new ClusterSettings(
                cluster,
                addresses,
                who,
                trust,
                nodeConcurrency,
                agentConcurrency,
                concurrency,
                connectTimeout,
                timeout,
                agentTimeout,
                maxReply,
                retries(),
                direct())));
    }

    private Retries retries() {
        return new Retries(get(ClusterKeys.RETRIES), get(ClusterKeys.RETRY_DELAY));
    }

    private Direct direct() {
        Key<Map<String, String>> key = ClusterKeys.DIRECT_ADDRESSES.of(cluster);
        boolean on = get(ClusterKeys.DIRECT);
        if (values.isSet(key) && !on) {
            problems.add(
                    key.name(),
                    "counts for nothing as long as the nodes are not asked themselves. Set "
                            + ClusterKeys.DIRECT.of(cluster).name() + "=true, or remove it");
        }
        return new Direct(on, values.find(key).orElse(Map.of()));
    }

    private int agentConcurrency(int nodeConcurrency) {
        Key<Integer> key = ClusterKeys.AGENT_CONCURRENCY.of(cluster);
        int agentConcurrency = values.get(key);
        if (agentConcurrency > nodeConcurrency && values.isSet(key)) {
            String whole = ClusterKeys.NODE_CONCURRENCY.of(cluster).name();
            problems.add(
                    key.name(),
                    agentConcurrency + " is more than " + whole + ", of which it is a part. Set it to "
                            + nodeConcurrency + " at most, or raise " + whole);
        }
        return Math.min(agentConcurrency, nodeConcurrency);
    }

    private <T> T get(Key<T> key) {
        return values.get(key.of(cluster));
    }
}
