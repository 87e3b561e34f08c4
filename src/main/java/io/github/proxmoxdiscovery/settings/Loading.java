package io.github.proxmoxdiscovery.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One loading of the settings: all keys are read, whatever is wrong with others. */
final class Loading {

    private final Sources sources;
    private final Problems problems;
    private final Values values;
    private final List<String> clusterNames;
    private final List<String> sinkNames;
    private final KnownKeys known;
    private final Set<String> placeholders;
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param problems where what is wrong is noted
     * @param placeholders the keys that the route files use
     */
    Loading(Sources sources, Problems problems, Set<String> placeholders) {
        this.sources = sources;
        this.problems = problems;
        this.placeholders = placeholders;
        this.values = new Values(sources, problems);
        this.clusterNames =
                names(ClusterKeys.CLUSTERS).stream().filter(Loading::isName).toList();
        this.sinkNames = names(DiscoveryKeys.SINKS);
        this.known = new KnownKeys(clusterNames, sinkNames, placeholders);
    }

    /** The settings; they mean nothing if anything is wrong. */
    Settings read(Function<String, Optional<String>> cronProblem) {
        List<ClusterSettings> clusters = clusters();
        DiscoverySettings discovery = new DiscoveryReader(values, problems, cronProblem).read();
        SinkReader.Sinks sinks = new SinkReader(sinkNames, placeholders, values, problems, warnings).read();
        ServerSettings server = new ServerReader(values, problems).read();
        Map<String, String> effective =
                new EffectiveProperties(sources, known, values, problems).all(discovery.timeZone());
        Set<String> secrets = new LinkedHashSet<>(values.secrets());
        secrets.addAll(EffectiveProperties.secretsIn(effective));
        return new Settings(
                clusters,
                sinks.chosen(),
                discovery,
                sinks.fileDirectory(),
                sinks.fileKeep(),
                sinks.httpToken(),
                sinks.httpTimeout(),
                server,
                secrets,
                effective);
    }

    /**
     * Looks at the keys themselves.
     *
     * @param defines what the command line sets, as it was typed
     */
    void checkKeys(Map<String, String> defines) {
        new KeyCheck(known, problems).check(sources, defines);
    }

    List<String> warnings() {
        return warnings;
    }

    /** What is wrong, in the order of the table of keys. */
    List<Problem> problems() {
        List<Problem> all = problems.all();
        boolean clustersAreWrong = all.stream().anyMatch(problem -> isOf(ClusterKeys.CLUSTERS, problem));
        // Until the names are right nobody knows whether there are keys too many.
        return all.stream()
                .filter(problem ->
                        !clustersAreWrong || known.unknownCluster(problem.key()).isEmpty())
                .sorted(Comparator.<Problem>comparingInt(problem -> known.place(problem.key()))
                        .thenComparing(Problem::key))
                .toList();
    }

    private List<ClusterSettings> clusters() {
        List<ClusterSettings> clusters = new ArrayList<>();
        clusterNames.forEach(
                name -> new ClusterReader(name, values, problems).read().ifPresent(clusters::add));
        for (ClusterSettings cluster : clusters) {
            if (cluster.trust() instanceof Trust.Insecure) {
                warnings.add(ClusterKeys.INSECURE.of(cluster.name()).name() + ": the certificate of the cluster "
                        + cluster.name() + " is not verified. Anybody on the way can take the secret; set fingerprint"
                        + " or ca-file instead");
            }
        }
        return clusters;
    }

    private static boolean isOf(Key<?> key, Problem problem) {
        return problem.key().equals(key.name());
    }

    private static boolean isName(String name) {
        return Parser.NAME.matcher(name).matches();
    }

    /** A list of names, each once, even if they are not well formed. */
    private List<String> names(Key<List<String>> key) {
        List<String> names = values.get(key);
        if (names.isEmpty()) {
            problems.add(key, "names nothing");
        }
        for (String name : names) {
            if (!isName(name)) {
                problems.add(
                        key,
                        Shown.value(key, name) + " is not a name: up to 32 lower case letters, digits and hyphens, the"
                                + " first not a hyphen");
            }
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                problems.add(key, "names " + name + " more than once");
            }
        }
        return names.stream().distinct().toList();
    }
}
