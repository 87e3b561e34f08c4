package io.github.proxmoxdiscovery.faults.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which hosts there were, and when. */
public final class History {

    /**
     * A host as it truly is.
     *
     * @param uuid of its guest, null for a container
     */
    public record Host(String id, @Nullable String uuid, String name, String mac, List<String> addresses, String node) {

        String identity() {
            return id + " " + uuid;
        }
    }

    private record Stay(Instant from, Instant to) {}

    private final Map<String, Instant> there = new HashMap<>();
    private final Map<String, List<Stay>> gone = new HashMap<>();

    /** Told of whatever is there after a change. */
    synchronized void now(Map<String, Host> hosts) {
        Instant now = Instant.now();
        Map<String, Instant> before = Map.copyOf(there);
        there.clear();
        for (Host host : hosts.values()) {
            there.put(host.identity(), before.getOrDefault(host.identity(), now));
        }
        before.forEach((identity, since) -> {
            if (!there.containsKey(identity)) {
                gone.computeIfAbsent(identity, any -> new ArrayList<>()).add(new Stay(since, now));
            }
        });
    }

    /** Whether a host of this guest was there all the time, so that nobody can have missed it. */
    public synchronized boolean wasThere(String id, @Nullable String uuid, Instant from, Instant to) {
        String identity = id + " " + uuid;
        Instant since = there.get(identity);
        boolean still = since != null && !since.isAfter(from);
        return still
                || gone.getOrDefault(identity, List.of()).stream()
                        .anyMatch(
                                stay -> !stay.from().isAfter(from) && !stay.to().isBefore(to));
    }
}
