package io.github.proxmoxdiscovery.settings;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The keys of the log. */
final class LogKeys {

    static final Key<Boolean> FORMAT = Key.withDefault(
            "log.format",
            "text",
            "How the log on stderr is written: text, a line a message for people; or json, an object a line.",
            text -> Parser.either("text", false, "json", true).parse(text.toLowerCase(Locale.ROOT)));

    static final Key<String> LEVEL = Key.withDefault(
            "log.level", "info", "From which level on the program logs: error, warn, info or debug.", LogKeys::level);

    static final Key<Set<String>> DEBUG_CLUSTERS = Key.optional(
            "log.debug.clusters",
            "pve",
            "The clusters of which each question is logged at debug, whatever the level is, a comma list.",
            Parser.words());

    static final List<Key<?>> ALL = List.of(FORMAT, LEVEL, DEBUG_CLUSTERS);

    private LogKeys() {}

    private static String level(String text) throws WrongValueException {
        String level = text.toLowerCase(Locale.ROOT);
        if (!Set.of("error", "warn", "info", "debug").contains(level)) {
            throw new WrongValueException("is not a level: error, warn, info or debug");
        }
        return level;
    }
}
