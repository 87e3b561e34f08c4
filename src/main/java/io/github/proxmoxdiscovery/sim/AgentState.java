package io.github.proxmoxdiscovery.sim;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the QEMU guest agent of a running VM answers. Whether it is asked at all depends on the VM: without an
 * {@code agent} entry in its config, or stopped, Proxmox refuses first (API2/Qemu/Agent.pm).
 *
 * @param delay how long the answer takes, null for what the cluster's {@link Latency} says
 * @param payload of {@code RAW}: the JSON text behind {@code "result":}
 */
public record AgentState(Kind kind, @Nullable Duration delay, String payload) {

    /** The kinds of answers. */
    public enum Kind {
        /** Tells the guest's interfaces. */
        OK,
        /** Not installed or not running: after the ping's time limit, {@code QEMU guest agent is not running}. */
        DEAD,
        /** Answers the ping and then nothing: {@code … failed - got timeout}. */
        STALLED,
        /** Any JSON under {@code result}, with status 200: also how the agent's own errors arrive. */
        RAW
    }

    public static AgentState ok() {
        return new AgentState(Kind.OK, null, "");
    }

    public static AgentState dead() {
        return new AgentState(Kind.DEAD, null, "");
    }

    public static AgentState stalled() {
        return new AgentState(Kind.STALLED, null, "");
    }

    /** An agent too old for the command. */
    public static AgentState commandNotFound() {
        return error("CommandNotFound", "The command guest-network-get-interfaces has not been found");
    }

    /** Blocked by the guest's block list, the default on RHEL and its kin. */
    public static AgentState commandDisabled() {
        return error("CommandNotFound", "Command guest-network-get-interfaces has been disabled");
    }

    public static AgentState error(String errorClass, String description) {
        return raw("{\"error\":{\"class\":\"" + errorClass + "\",\"desc\":\"" + description + "\"}}");
    }

    public static AgentState nullResult() {
        return raw("null");
    }

    /** @param json the text behind {@code "result":}, whatever it is */
    public static AgentState raw(String json) {
        return new AgentState(Kind.RAW, null, json);
    }

    /** The same answer, after this time. */
    public AgentState after(Duration time) {
        return new AgentState(kind, time, payload);
    }
}
