package io.github.proxmoxdiscovery.time;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Problems that last: each is said when it begins, then every ten minutes with how often it came, and once when it is
 * over, instead of every time.
 */
public final class Repeats {

    private static final long REST_NANOS = Duration.ofMinutes(10).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Lasting> lasting = new HashMap<>();

    /** @param nanoTime a clock as {@link System#nanoTime} */
    public Repeats(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private static final class Lasting {
        private long saidNanos;
        private int times;
    }

    /**
     * A problem is there.
     *
     * @param problem what is the same whenever it comes again
     * @return what to say behind it, empty text the first time; empty if it was said not long ago
     */
    public synchronized Optional<String> came(String problem) {
        Lasting known = lasting.computeIfAbsent(problem, name -> new Lasting());
        long now = nanoTime.getAsLong();
        known.times++;
        if (known.times > 1 && now - known.saidNanos < REST_NANOS) {
            return Optional.empty();
        }
        known.saidNanos = now;
        return Optional.of(known.times == 1 ? "" : " (" + known.times + " times by now)");
    }

    /**
     * What is there now of all that begins so: the others are over.
     *
     * @return those, each with how often it came
     */
    public synchronized Map<String, Integer> over(String beginning, Set<String> still) {
        Map<String, Integer> over = new TreeMap<>();
        Iterator<Map.Entry<String, Lasting>> all = lasting.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Lasting> one = all.next();
            if (one.getKey().startsWith(beginning) && !still.contains(one.getKey())) {
                over.put(one.getKey(), one.getValue().times);
                all.remove();
            }
        }
        return over;
    }
}
