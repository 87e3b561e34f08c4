package io.github.proxmoxdiscovery.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The times before now, which Quartz does not tell. */
class ScheduleTest {

    private static Schedule schedule(String cron) {
        return new Schedule(cron, ZoneOffset.UTC);
    }

    @Test
    void theTimeBeforeIsTheLastOneThatWas() {
        Schedule everyFive = schedule("0 0/5 * * * ?");
        assertThat(everyFive.before(Instant.parse("2026-11-24T12:03:00Z")))
                .isEqualTo(Instant.parse("2026-11-24T12:00:00Z"));
        assertThat(everyFive.before(Instant.parse("2026-11-24T12:05:00Z")))
                .isEqualTo(Instant.parse("2026-11-24T12:00:00Z"));
        assertThat(everyFive.before(Instant.parse("2026-11-24T12:05:00.001Z")))
                .isEqualTo(Instant.parse("2026-11-24T12:05:00Z"));
    }

    @Test
    void twoIntervalsOfAScheduleThatRestsAtNightAreLongInTheMorning() {
        Schedule hoursOfWork = schedule("0 0 8-17 ? * MON-FRI");
        Instant mondayMorning = Instant.parse("2026-11-23T08:00:05Z");
        assertThat(hoursOfWork.twoIntervals(mondayMorning)).isEqualTo(Duration.ofHours(64));
        assertThat(hoursOfWork.twoIntervals(Instant.parse("2026-11-23T12:30:00Z")))
                .isEqualTo(Duration.ofHours(2));
        assertThat(schedule("0 0/5 * * * ?").twoIntervals(mondayMorning)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void theTimeZoneCounts() {
        Schedule midnight = new Schedule("0 0 0 * * ?", ZoneId.of("Europe/Zurich"));
        assertThat(midnight.before(Instant.parse("2026-11-24T12:00:00Z")))
                .isEqualTo(Instant.parse("2026-11-23T23:00:00Z"));
    }

    @Test
    void aScheduleThatNeverWasMakesNothingTooOld() {
        Schedule once = schedule("0 0 0 1 1 ? 2099");
        Instant now = Instant.parse("2026-11-24T12:00:00Z");
        assertThat(once.before(now)).isNull();
        assertThat(once.twoIntervals(now)).isGreaterThan(Duration.ofDays(3000));
        assertThat(once.interval(now)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void theIntervalIsThatFromTheNextTimeToTheOneAfterIt() {
        assertThat(schedule("0 0/5 * * * ?").interval(Instant.parse("2026-11-24T12:03:00Z")))
                .isEqualTo(Duration.ofMinutes(5));
    }
}
