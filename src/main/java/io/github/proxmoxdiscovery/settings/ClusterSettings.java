package io.github.proxmoxdiscovery.settings;

import java.time.Duration;
import java.util.List;

/**
 * One Proxmox VE cluster.
 *
 * @param name our name of it
 * @param urls addresses of its nodes, {@code https://host:port}, at least one, in the order to try them
 * @param login who we are there
 * @param trust how we know it
 * @param nodeConcurrency guests of one node that are read at once
 * @param agentConcurrency of these, calls that block a worker of the node
 * @param concurrency guests of the whole cluster that are read at once
 * @param connectTimeout how long a connection may take
 * @param timeout total time of a request
 * @param agentTimeout total time of a call that blocks a worker of the node
 * @param maxReplyBytes the longest answer that is read, in bytes
 * @param retries how often a request is asked again
 * @param direct whether the nodes are asked themselves
 */
public record ClusterSettings(
        String name,
        List<String> urls,
        Login login,
        Trust trust,
        int nodeConcurrency,
        int agentConcurrency,
        int concurrency,
        Duration connectTimeout,
        Duration timeout,
        Duration agentTimeout,
        long maxReplyBytes,
        Retries retries,
        Direct direct) {

    public ClusterSettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("the cluster " + name + " has no address");
        }
    }
}
