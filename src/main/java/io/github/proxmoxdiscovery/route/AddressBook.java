package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.time.Doubling;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The addresses of a cluster, and which of them to ask first. One that could not be reached is left alone for a minute,
 * and twice as long each time it fails again; then it is asked first again if it stands first.
 */
final class AddressBook {

    private static final Doubling REST = new Doubling(Duration.ofMinutes(1), Duration.ofMinutes(32));

    private final List<String> addresses;
    private final LongSupplier nanoTime;
    private final Map<String, Rest> resting = new HashMap<>();

    private record Rest(long end, int failures) {}

    /** @param nanoTime a clock as {@link System#nanoTime} */
    AddressBook(List<String> addresses, LongSupplier nanoTime) {
        this.addresses = List.copyOf(addresses);
        this.nanoTime = nanoTime;
    }

    /** All of them, those that rest last. */
    synchronized List<String> inOrder() {
        long now = nanoTime.getAsLong();
        return addresses.stream()
                .sorted(Comparator.comparingLong(address -> restLeft(address, now)))
                .toList();
    }

    private long restLeft(String address, long now) {
        Rest rest = resting.get(address);
        return rest == null ? 0 : Math.max(rest.end - now, 0);
    }

    synchronized void failed(String address) {
        Rest last = resting.get(address);
        int failures = last == null ? 1 : last.failures + 1;
        resting.put(
                address, new Rest(nanoTime.getAsLong() + REST.after(failures).toNanos(), failures));
    }

    synchronized void worked(String address) {
        resting.remove(address);
    }
}
