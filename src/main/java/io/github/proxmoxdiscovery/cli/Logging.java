package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.settings.LogSettings;

/**
 * Chooses who writes the log, and from which level on. Both are decided once, when the first logger is asked for: that
 * must not be before the settings are read.
 */
final class Logging {

    private static final String PROVIDER = "slf4j.provider";
    private static final String SIMPLE = "org.slf4j.simple.SimpleServiceProvider";
    private static final String LOGBACK = "ch.qos.logback.classic.spi.LogbackServiceProvider";
    private static final String LEVEL = "org.slf4j.simpleLogger.log.discovery";

    private static boolean ownChoice;

    private Logging() {}

    /** Lines of text, unless the settings say otherwise. Whoever named another provider keeps it. */
    static void begin() {
        setIfAbsent("slf4j.internal.verbosity", "WARN");
        ownChoice = System.getProperty(PROVIDER) == null;
        setIfAbsent(PROVIDER, SIMPLE);
    }

    /** As the settings say. */
    static void use(LogSettings settings) {
        if (settings.json() && ownChoice) {
            System.setProperty(PROVIDER, LOGBACK);
        }
        if (!"info".equals(settings.level())) {
            setIfAbsent(LEVEL, settings.level());
        }
        settings.debugClusters().forEach(cluster -> setIfAbsent(LEVEL + ".cluster." + cluster, "debug"));
    }

    private static void setIfAbsent(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
