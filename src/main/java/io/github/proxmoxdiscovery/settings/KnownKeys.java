package io.github.proxmoxdiscovery.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys that there are with these clusters, sinks and route files. */
final class KnownKeys {

    private static final Pattern OF_A_CLUSTER = Pattern.compile("proxmox\\.([^.]+)\\..+");
    private static final Pattern OF_ANY_SINK = Pattern.compile("sink\\." + Parser.NAME + "\\.(uri|emit|excluded)");

    /** Placeholders that get their value from the program itself, or as the parameter of a route template. */
    private static final Set<String> NOT_FOR_USERS =
            Set.of("discovery.scheduled", "discovery.quick-scheduled", "sink", "endpoint");

    private final List<String> clusters;
    private final List<Key<?>> keys;
    private final List<String> names;
    private final Set<String> placeholders;

    KnownKeys(List<String> clusters, List<String> sinks, Set<String> placeholdersUsedByRoutes) {
        this.clusters = List.copyOf(clusters);
        this.keys = keys(clusters, sinks);
        this.names = keys.stream().<String>map(Key::name).toList();
        this.placeholders = new TreeSet<>(placeholdersUsedByRoutes);
        placeholders.removeAll(NOT_FOR_USERS);
        placeholders.removeAll(names);
    }

    private static List<Key<?>> keys(List<String> clusters, List<String> sinks) {
        List<Key<?>> keys = new ArrayList<>();
        ClusterKeys.ALL.stream().filter(key -> !key.isPattern()).forEach(keys::add);
        for (String cluster : clusters) {
            ClusterKeys.ALL.stream().filter(Key::isPattern).forEach(key -> keys.add(key.of(cluster)));
        }
        keys.addAll(DiscoveryKeys.ALL);
        keys.addAll(ServerKeys.ALL);
        keys.addAll(LogKeys.ALL);
        SinkKeys.ALL.stream().filter(key -> !key.isPattern()).forEach(keys::add);
        keys.addAll(BrokerKeys.ALL);
        sinks.stream().filter(sink -> !SinkKeys.OURS.contains(sink)).forEach(sink -> keys.add(SinkKeys.URI.of(sink)));
        Stream.concat(SinkKeys.OURS.stream(), sinks.stream())
                .distinct()
                .forEach(sink -> SinkKeys.OF_EVERY_SINK.forEach(key -> keys.add(key.of(sink))));
        return List.copyOf(keys);
    }

    /** The rows of every table: what there is, whatever the clusters and sinks are called. */
    static List<Key<?>> table() {
        // Those that any sink has are told last.
        List<Key<?>> sinks = new ArrayList<>(SinkKeys.ALL);
        sinks.addAll(SinkKeys.ALL.indexOf(SinkKeys.URI), BrokerKeys.ALL);
        return Stream.of(ClusterKeys.ALL, DiscoveryKeys.ALL, ServerKeys.ALL, LogKeys.ALL, sinks)
                .flatMap(List::stream)
                .toList();
    }

    /** Our own keys, in the order of the table. */
    List<Key<?>> keys() {
        return keys;
    }

    /** Keys that only the route files know, in alphabetical order. */
    Set<String> placeholders() {
        return placeholders;
    }

    boolean isKnown(String name) {
        return names.contains(name)
                || placeholders.contains(name)
                || SecretNames.isSecretFile(name) && placeholders.contains(SecretNames.secretOf(name))
                || name.startsWith("camel.")
                || OF_ANY_SINK.matcher(name).matches();
    }

    /** Where a key stands in the table; what is in none stands behind. */
    int place(String name) {
        int place = names.indexOf(name);
        return place < 0 ? names.size() : place;
    }

    /** What to say of a key that is not known. */
    String unknown(String name) {
        Optional<String> cluster = unknownCluster(name);
        if (cluster.isPresent()) {
            return "there is no cluster " + cluster.get() + " in proxmox.clusters, which names "
                    + String.join(", ", clusters);
        }
        return nearest(name)
                .map(nearest -> "there is no such setting. Did you mean " + nearest + "?" + example(nearest))
                .orElse("there is no such setting, and no route file uses {{" + name + "}}. All settings are described"
                        + " in the " + ConfigFile.NAME + " that comes with the program");
    }

    /** The cluster that a key is of, if there is none of this name. */
    Optional<String> unknownCluster(String name) {
        Matcher ofACluster = OF_A_CLUSTER.matcher(name);
        boolean unknown = ofACluster.matches() && !clusters.contains(ofACluster.group(1));
        return unknown ? Optional.of(ofACluster.group(1)) : Optional.empty();
    }

    private Optional<String> nearest(String name) {
        Set<String> candidates = new LinkedHashSet<>(names);
        candidates.addAll(placeholders);
        return EditDistance.nearest(name, candidates).or(() -> withACluster(name));
    }

    /** The key that is meant by one in which the name of the cluster was left out. */
    private Optional<String> withACluster(String name) {
        return clusters.stream()
                .map(cluster -> name.replaceFirst("^proxmox\\.", "proxmox." + cluster + "."))
                .filter(names::contains)
                .findFirst();
    }

    private String example(String name) {
        Optional<Key<?>> key =
                keys.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
        return key.map(found -> " " + found.exampleSentence()).orElse("");
    }
}
