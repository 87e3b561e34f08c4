package io.github.proxmoxdiscovery.sim;

import java.time.Duration;

/**
 * How a node is doing.
 *
 * @param listed what {@code /nodes} and {@code /cluster/resources} say: online, offline or unknown
 * @param code 0 when the node answers, else the pseudo status with which the node asked in its place answers
 *     (AnyEvent::HTTP: 595 connect, 596 timeout)
 * @param delay how long that answer takes
 */
public record NodeState(String listed, int code, String reason, Duration delay) {

    /** AnyEvent::HTTP: no answer in time. */
    static final int TIMED_OUT = 596;

    public static NodeState online() {
        return new NodeState("online", 0, "", Duration.ZERO);
    }

    /** Answers, but its status broadcast is missing. */
    public static NodeState unknown() {
        return new NodeState("unknown", 0, "", Duration.ZERO);
    }

    public static NodeState offline() {
        return offline("Connection refused");
    }

    /** @param reason as {@code Connection refused} or {@code No route to host} */
    public static NodeState offline(String reason) {
        return new NodeState("offline", 595, reason, Duration.ZERO);
    }

    /** Listed online while calls to it fail: it died a moment ago. */
    public static NodeState dying(String reason) {
        return new NodeState("online", 595, reason, Duration.ZERO);
    }

    /** Takes connections and never answers; 30 s in a real cluster. */
    public static NodeState hanging(Duration delay) {
        return new NodeState("online", TIMED_OUT, "Connection timed out", delay);
    }

    boolean answers() {
        return code == 0;
    }
}
