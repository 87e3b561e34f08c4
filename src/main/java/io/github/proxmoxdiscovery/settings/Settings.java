package io.github.proxmoxdiscovery.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The effective settings, found to be right.
 *
 * @param clusters the clusters, at least one
 * @param sinks the chosen sinks, at least one
 * @param discovery what is discovered, and when
 * @param fileDirectory where the file sink writes
 * @param fileKeep how long it keeps the files of a run
 * @param httpToken bearer token of the http sink
 * @param httpTimeout total time of one request of the http sink
 * @param server what is served over HTTP
 * @param secrets every secret that is known from the start, for whoever must not show it
 * @param effective what the route files and Camel are told: every key but our own secrets
 */
public record Settings(
        List<ClusterSettings> clusters,
        List<SinkSettings> sinks,
        DiscoverySettings discovery,
        Path fileDirectory,
        Duration fileKeep,
        Optional<Secret> httpToken,
        Duration httpTimeout,
        ServerSettings server,
        Set<String> secrets,
        Map<String, String> effective) {

    public Settings {
        clusters = List.copyOf(clusters);
        sinks = List.copyOf(sinks);
        secrets = Collections.unmodifiableSet(new LinkedHashSet<>(secrets));
        effective = Collections.unmodifiableMap(new TreeMap<>(effective));
    }

    /** Without {@link #secrets} and {@link #effective}, which may have secrets of Camel's components in it. */
    @Override
    public String toString() {
        return "Settings[clusters=" + clusters + ", sinks=" + sinks + ", discovery=" + discovery + "]";
    }
}
