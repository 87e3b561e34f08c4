package io.github.proxmoxdiscovery.run;

import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.time.Doubling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The guests of a cluster as the last list told them: what a quick run compares its list with. A guest that could not
 * be read is due again after a minute, and after twice as long each further time, up to an hour.
 */
public final class KnownGuests {

    private static final Doubling REST = new Doubling(Duration.ofMinutes(1), Duration.ofHours(1));
    /** A node tells it every ten seconds, and the list is up to two seconds old (pvestatd, pmxcfs). */
    private static final long OLDEST_UPTIME_SECONDS = 12;

    private final LongSupplier nanoTime;
    private final Map<Long, Unread> unread = new HashMap<>();
    private @Nullable Map<Long, Guest> guests;
    private long listedAt;

    private record Unread(int times, long dueAt) {}

    /**
     * What is new in a list.
     *
     * @param toRead guests that are new, that changed, or that could not be read before and are due
     * @param gone guests that are in the list no more
     * @param poolsLost whether a guest has no pool any more: it was taken out of it, or pools cannot be seen any more
     */
    public record Changes(List<Guest> toRead, List<Guest> gone, boolean poolsLost) {}

    /** @param nanoTime a clock as {@link System#nanoTime} */
    public KnownGuests(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether there was a list at all. */
    public synchronized boolean isKnown() {
        return guests != null;
    }

    /** There was none: it is not to be compared with those to come. */
    public synchronized void forget() {
        guests = null;
        unread.clear();
    }

    /** Compares a new list with the last one. */
    public synchronized Changes changes(Collection<Guest> list) {
        Map<Long, Guest> before = guests == null ? Map.of() : guests;
        Map<Long, Guest> gone = new HashMap<>(before);
        List<Guest> toRead = new ArrayList<>();
        boolean poolsLost = false;
        for (Guest guest : list) {
            gone.remove(guest.vmid());
            Guest known = before.get(guest.vmid());
            poolsLost |= known != null && known.pool() != null && guest.pool() == null;
            if (known == null || isChanged(known, guest) || isDue(guest)) {
                toRead.add(guest);
            }
        }
        return new Changes(toRead, List.copyOf(gone.values()), poolsLost);
    }

    private boolean isDue(Guest guest) {
        Unread failed = unread.get(guest.vmid());
        return failed != null && nanoTime.getAsLong() - failed.dueAt >= 0;
    }

    /** What a list does not tell at the moment has not changed: a node that is not heard of hides what it knows. */
    private boolean isChanged(Guest before, Guest now) {
        boolean told = !Guest.UNKNOWN.equals(now.status());
        return before.type() != now.type()
                || !before.node().equals(now.node())
                || !before.tags().equals(now.tags())
                || !Objects.equals(before.pool(), now.pool())
                || told && !now.status().equals(before.status())
                || told && now.template() != before.template()
                || differ(before.name(), now.name())
                || isStartedAnew(before, now);
    }

    private static boolean differ(@Nullable String before, @Nullable String now) {
        return before != null && now != null && !before.equals(now);
    }

    /** By the time that it runs: less than before, or begun since the last list though it ran then. */
    private boolean isStartedAnew(Guest before, Guest now) {
        if (before.uptime() == null || now.uptime() == null) {
            return false;
        }
        long sinceLastList = (nanoTime.getAsLong() - listedAt) / 1_000_000_000;
        long lost = before.uptime() + sinceLastList - now.uptime();
        return now.uptime() < before.uptime() || now.uptime() < sinceLastList && lost > OLDEST_UPTIME_SECONDS;
    }

    /**
     * A run is over.
     *
     * @param list the guests there are
     * @param read those among them that were read
     * @param failed those among them that could not be read
     */
    public synchronized void update(Collection<Guest> list, Collection<Long> read, Collection<Long> failed) {
        Map<Long, Guest> before = guests == null ? Map.of() : guests;
        Map<Long, Guest> after = new HashMap<>();
        list.forEach(guest -> after.put(guest.vmid(), withWhatIsNotTold(before.get(guest.vmid()), guest)));
        guests = after;
        listedAt = nanoTime.getAsLong();
        unread.keySet().retainAll(after.keySet());
        unread.keySet().removeAll(read);
        failed.stream()
                .filter(after::containsKey)
                .forEach(vmid -> unread.merge(vmid, due(1), (old, first) -> due(old.times + 1)));
    }

    private Unread due(int times) {
        return new Unread(times, nanoTime.getAsLong() + REST.after(times).toNanos());
    }

    private static Guest withWhatIsNotTold(@Nullable Guest before, Guest now) {
        if (before == null || !Guest.UNKNOWN.equals(now.status())) {
            return now;
        }
        return new Guest(
                now.vmid(),
                now.type(),
                now.node(),
                before.status(),
                before.template(),
                now.tags(),
                now.pool(),
                now.lock(),
                now.name() == null ? before.name() : now.name(),
                before.uptime());
    }
}
