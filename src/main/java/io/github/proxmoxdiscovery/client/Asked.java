package io.github.proxmoxdiscovery.client;

import java.time.Duration;

/**
 * A request that is over.
 *
 * @param target path and query, as they were sent
 * @param node that the path names, or empty
 * @param status a status of HTTP, or a word for why there is none: one of a closed list
 * @param took without the waiting for its turn with the node
 */
public record Asked(String target, String node, String status, Duration took) {

    /** What it asked for; to find that out takes a while, which only who wants to know spends. */
    public Question question() {
        return Question.of(target);
    }
}
