package io.github.proxmoxdiscovery.settings;

import java.util.Set;

/**
 * How the log is written.
 *
 * @param json whether each line is a JSON object
 * @param level from which level on: error, warn, info or debug
 * @param debugClusters clusters that are logged at debug whatever the level is
 */
public record LogSettings(boolean json, String level, Set<String> debugClusters) {}
