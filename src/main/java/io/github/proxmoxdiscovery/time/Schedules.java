package io.github.proxmoxdiscovery.time;

import java.text.ParseException;
import java.util.Date;
import java.util.Optional;
import org.quartz.CronExpression;

/** Cron expressions as Quartz has them. */
public final class Schedules {

    private Schedules() {}

    /** What is wrong with an expression. */
    public static Optional<String> problem(String cron) {
        try {
            boolean never = new CronExpression(cron).getNextValidTimeAfter(new Date()) == null;
            return never ? Optional.of("it names no time to come") : Optional.empty();
        } catch (ParseException e) {
            return Optional.of(e.getMessage());
        }
    }
}
