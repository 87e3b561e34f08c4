package io.github.proxmoxdiscovery.sim;

import java.time.Duration;

/**
 * How long calls hold their worker.
 *
 * @param list a node's guest lists
 * @param config a guest's config
 * @param guestCall a healthy call into a guest: agent, container interfaces
 * @param deadAgent until Proxmox gives up on an agent's ping, 3 s in reality
 * @param stalledAgent until it gives up on an agent's command, 5 s in reality
 * @param refusal what a refused login waits, 3 s in reality; holds no worker
 */
public record Latency(
        Duration list,
        Duration config,
        Duration guestCall,
        Duration deadAgent,
        Duration stalledAgent,
        Duration refusal) {

    public static Latency none() {
        Duration zero = Duration.ZERO;
        return new Latency(zero, zero, zero, zero, zero, zero);
    }

    /** As measured on the real server. */
    public static Latency real() {
        return new Latency(
                Duration.ofMillis(40),
                Duration.ofMillis(10),
                Duration.ofMillis(15),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3));
    }

    public Latency withList(Duration time) {
        return new Latency(time, config, guestCall, deadAgent, stalledAgent, refusal);
    }

    public Latency withConfig(Duration time) {
        return new Latency(list, time, guestCall, deadAgent, stalledAgent, refusal);
    }

    public Latency withGuestCall(Duration time) {
        return new Latency(list, config, time, deadAgent, stalledAgent, refusal);
    }

    public Latency withDeadAgent(Duration time) {
        return new Latency(list, config, guestCall, time, stalledAgent, refusal);
    }

    public Latency withStalledAgent(Duration time) {
        return new Latency(list, config, guestCall, deadAgent, time, refusal);
    }

    public Latency withRefusal(Duration time) {
        return new Latency(list, config, guestCall, deadAgent, stalledAgent, time);
    }
}
