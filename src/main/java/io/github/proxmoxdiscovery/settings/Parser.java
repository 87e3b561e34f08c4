package io.github.proxmoxdiscovery.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a value of a text that is not empty and has no space around it. */
@FunctionalInterface
interface Parser<T> {

    /** How clusters and sinks may be named. */
    Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    T parse(String text) throws WrongValueException;

    /** Any text. */
    static Parser<String> text() {
        return text -> text;
    }

    /** A secret: one line, without the line end that may have come along. */
    static Parser<String> secret() {
        return text -> {
            String secret = text.replaceFirst("[\\r\\n]+$", "");
            if (secret.lines().count() > 1) {
                throw new WrongValueException("has more than one line");
            }
            return secret;
        };
    }

    /** {@code true} or {@code false}. */
    static Parser<Boolean> trueOrFalse() {
        return either("true", true, "false", false);
    }

    /** One of two words. */
    static <T> Parser<T> either(String one, T meansOne, String other, T meansOther) {
        return text -> {
            if (!text.equals(one) && !text.equals(other)) {
                throw new WrongValueException("is neither " + one + " nor " + other);
            }
            return text.equals(one) ? meansOne : meansOther;
        };
    }

    /** A whole number in a range, both ends included. */
    static Parser<Integer> whole(int least, int most) {
        return text -> {
            boolean number = text.matches("\\d{1,9}");
            if (!number || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw new WrongValueException("is not a whole number from " + least + " to " + most);
            }
            return Integer.parseInt(text);
        };
    }

    /** How long one waits for something: more than nothing, a day at most. */
    static Parser<Duration> timeout() {
        return duration(Duration.ofDays(1));
    }

    /** A whole number with one of the units ms, s, m, h, d; more than nothing. */
    static Parser<Duration> duration(Duration most) {
        return text -> {
            Duration duration = durationOrZero(most).parse(text);
            if (duration.isZero()) {
                throw new WrongValueException("is too short: it must be more than nothing");
            }
            return duration;
        };
    }

    /** The same in a range, both ends included; from some seconds to some minutes. */
    static Parser<Duration> duration(Duration least, Duration most) {
        return text -> {
            Duration duration = durationOrZero(ChronoUnit.FOREVER.getDuration()).parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new WrongValueException("is not from " + least.toSeconds() + "s to " + most.toMinutes() + "m");
            }
            return duration;
        };
    }

    /** A whole number with one of the units, or zero. */
    static Parser<Duration> durationOrZero(Duration most) {
        Pattern form = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
        Map<String, Long> units = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
        return text -> {
            Matcher matcher = form.matcher(text);
            if (!matcher.matches()) {
                throw new WrongValueException("is not a duration: a whole number with its unit, ms, s, m, h or d");
            }
            Duration duration =
                    Duration.ofMillis(Long.parseLong(matcher.group(1)) * units.getOrDefault(matcher.group(2), 0L));
            if (duration.compareTo(most) > 0) {
                throw new WrongValueException("is too long: it may be " + most.toDays() + "d at most");
            }
            return duration;
        };
    }

    /** A size in bytes from 1KiB to 4GiB, written with its unit. */
    static Parser<Long> size() {
        Pattern form = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB)");
        Map<String, Long> units = Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
        return text -> {
            Matcher matcher = form.matcher(text);
            if (!matcher.matches()) {
                throw new WrongValueException("is not a size: a whole number with its unit, KiB, MiB or GiB");
            }
            long bytes = Long.parseLong(matcher.group(1)) * units.getOrDefault(matcher.group(2), 0L);
            if (bytes < 1L << 10 || bytes > 4L << 30) {
                throw new WrongValueException("is not a size from 1KiB to 4GiB");
            }
            return bytes;
        };
    }

    /** A path; a relative one is relative to the working directory. */
    static Parser<Path> path() {
        return text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new WrongValueException("is not a path");
            }
        };
    }

    /** A time zone by its name, or {@code system}. */
    static Parser<ZoneId> timeZone() {
        return text -> {
            try {
                return "system".equals(text) ? ZoneId.systemDefault() : ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new WrongValueException("is not a time zone");
            }
        };
    }

    /** A comma list in its order; empty parts count for nothing. */
    static List<String> split(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** A comma list of different words. */
    static Parser<Set<String>> words() {
        return text -> Collections.unmodifiableSet(new LinkedHashSet<>(split(text)));
    }
}
