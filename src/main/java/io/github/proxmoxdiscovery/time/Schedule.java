package io.github.proxmoxdiscovery.time;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** The times of a Quartz cron expression, also those that are past. */
public final class Schedule {

    private static final long FIRST_LOOK_BACK = Duration.ofMinutes(1).toMillis();
    private static final long FARTHEST_LOOK_BACK = Duration.ofDays(3660).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final CronExpression cron;

    /** @throws IllegalArgumentException when it is none */
    public Schedule(String expression, ZoneId zone) {
        try {
            cron = new CronExpression(expression);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
        cron.setTimeZone(TimeZone.getTimeZone(zone));
    }

    /** The time before this one, or null if there was none in the last years. */
    public @Nullable Instant before(Instant time) {
        long end = time.toEpochMilli();
        long back = FIRST_LOOK_BACK;
        while (!isBetween(end - back, end)) {
            if (back > FARTHEST_LOOK_BACK) {
                return null;
            }
            back *= 2;
        }
        long from = end - back;
        long to = end;
        while (to - from > 1) {
            long middle = from + (to - from) / 2;
            if (isBetween(middle, end)) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return next(from);
    }

    /** How long two intervals are, that is from the third last time to the last one. */
    public Duration twoIntervals(Instant now) {
        Instant last = before(now.plusMillis(1));
        Instant second = last == null ? null : before(last);
        Instant third = second == null ? null : before(second);
        if (last == null || third == null) {
            // Nobody can tell how old is too old.
            return Duration.ofMillis(FARTHEST_LOOK_BACK);
        }
        return Duration.between(third, last);
    }

    /** From the next time to the one after it, or a day if there are no two. */
    public Duration interval(Instant now) {
        Instant next = after(now);
        Instant second = next == null ? null : after(next);
        return second == null ? Duration.ofMillis(DAY) : Duration.between(next, second);
    }

    private boolean isBetween(long after, long before) {
        Instant next = next(after);
        return next != null && next.toEpochMilli() < before;
    }

    /** The time after this one, or null if there is none. */
    public @Nullable Instant after(Instant time) {
        return next(time.toEpochMilli());
    }

    private @Nullable Instant next(long after) {
        Date next = cron.getNextValidTimeAfter(new Date(after));
        return next == null ? null : next.toInstant();
    }
}
