package io.github.proxmoxdiscovery.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.export.RunChanges;
import io.github.proxmoxdiscovery.ledger.ChangeRules;
import io.github.proxmoxdiscovery.ledger.DataLock;
import io.github.proxmoxdiscovery.ledger.KeptRun;
import io.github.proxmoxdiscovery.ledger.Ledger;
import io.github.proxmoxdiscovery.ledger.LedgerException;
import io.github.proxmoxdiscovery.ledger.Observation;
import io.github.proxmoxdiscovery.ledger.Observation.ObservedHost;
import io.github.proxmoxdiscovery.ledger.Recorded;
import io.github.proxmoxdiscovery.ledger.RemovalRules;
import io.github.proxmoxdiscovery.ledger.SinkLedger;
import io.github.proxmoxdiscovery.pve.ClusterIdentity;
import io.github.proxmoxdiscovery.run.ClusterIdentities;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.KeptHost;
import io.github.proxmoxdiscovery.run.RunKind;
import io.github.proxmoxdiscovery.run.RunReport;
import io.github.proxmoxdiscovery.settings.ClusterSettings;
import io.github.proxmoxdiscovery.settings.DiscoverySettings;
import io.github.proxmoxdiscovery.settings.Emit;
import io.github.proxmoxdiscovery.settings.SinkSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger as the runs and the deliveries use it. */
final class Records implements ClusterIdentities, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("discovery.ledger");

    /** What a list of permissions says of one guest comes and goes with the guest. */
    private static final Pattern OF_ONE_GUEST = Pattern.compile("/vms/\\d+");

    private final DiscoverySettings discovery;
    private final ChangeRules changes;
    private final RemovalRules rules;
    private final ConcurrentMap<String, Recorded> recorded = new ConcurrentHashMap<>();
    private @Nullable DataLock lock;
    private @Nullable CompletableFuture<Ledger> opening;
    private @Nullable Ledger reader;

    Records(DiscoverySettings discovery) {
        this.discovery = discovery;
        this.changes = new ChangeRules(discovery.changesIgnored());
        this.rules = new RemovalRules(
                discovery.removal().after(), discovery.removal().maxPercent());
    }

    /**
     * Takes the data folder and begins to open the ledger in it, which takes as long as Camel does to start.
     *
     * @throws LedgerException when another program has the folder
     */
    void open() throws LedgerException {
        lock = DataLock.take(discovery.data());
        retireUndelivered();
        opening = CompletableFuture.supplyAsync(() -> {
            try {
                return Ledger.open(discovery.data(), Clock.systemUTC(), LOG::error);
            } catch (LedgerException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Waits until the ledger is open.
     *
     * @throws LedgerException when it cannot be used
     */
    void awaitOpen() throws LedgerException {
        try {
            ledger();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException io && io.getCause() instanceof LedgerException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Earlier versions kept there what a sink did not take; the ledger knows without it what a sink lacks. */
    private void retireUndelivered() {
        Path undelivered = discovery.data().resolve("undelivered");
        Path retired = discovery.data().resolve("undelivered.retired");
        try {
            if (Files.isDirectory(undelivered) && Files.notExists(retired)) {
                Files.move(undelivered, retired);
                LOG.warn(
                        "{} is not used any more, and is named {} now: the next runs bring every sink to the newest"
                                + " state of every host",
                        undelivered,
                        retired.getFileName());
            }
        } catch (IOException e) {
            LOG.warn("{} is not used any more, and could not be renamed: {}", undelivered, e.toString());
        }
    }

    Ledger ledger() {
        if (opening == null) {
            throw new IllegalStateException("the ledger is not open");
        }
        return opening.join();
    }

    /** The same ledger for those who only look: neither they nor runs and sinks wait for each other. */
    synchronized Ledger reader() {
        try {
            ledger();
            if (reader == null) {
                reader = Ledger.reading(discovery.data(), Clock.systemUTC());
            }
            return reader;
        } catch (LedgerException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void closeReader() throws LedgerException {
        if (reader != null) {
            reader.close();
        }
    }

    SinkLedger of(SinkSettings sink) {
        return of(sink, ledger());
    }

    SinkLedger of(SinkSettings sink, Ledger ledger) {
        return ledger.sink(sink.name(), sink.emit() == Emit.ALL, sink.tellsExcluded(), changes);
    }

    /** Writes down what a run saw. What cannot be written down is not delivered either: the next run sees it again. */
    void record(ClusterRun run, ClusterContext cluster) {
        try {
            Observation seen = observation(run, cluster);
            Recorded told = ledger().record(seen, changes, rules);
            recorded.put(run.getId(), told);
            int same = seen.hosts().size() - told.hosts().size();
            if (same > 0) {
                LOG.error(
                        "{}: {} messages have the id of another one, which a route file gave them: of those with the"
                                + " same id only one is delivered",
                        run.getCluster(),
                        same);
            }
            if (!run.isQuick()) {
                run.removals(removals(told));
                tell(run, told);
            }
        } catch (LedgerException e) {
            LOG.error(
                    "{}: what the run found could not be written down, so nothing of it is delivered; the next run"
                            + " finds it again: {}",
                    run.getCluster(),
                    e.getMessage());
        }
        run.letHostsGo();
    }

    /** Keeps the report of a run, with what it changed. That this fails is said, and harms nothing else. */
    void remember(RunReport report, Recorded told) {
        try {
            ledger().runs()
                    .keep(new KeptRun(
                            report.cluster(),
                            report.runId(),
                            report.startedAt(),
                            report.kind() == RunKind.FULL,
                            report.toJson(),
                            RunChanges.of(told).toString()));
        } catch (LedgerException e) {
            LOG.warn("{}: the report of the run is not remembered: {}", report.cluster(), e.getMessage());
        }
    }

    /** What a run changed; empty if it could not be written down. */
    Optional<Recorded> take(ClusterRun run) {
        return Optional.ofNullable(recorded.remove(run.getId()));
    }

    @Override
    public Optional<ClusterIdentity> of(String cluster) {
        try {
            return ledger().identity(cluster).flatMap(ClusterIdentity::parse);
        } catch (LedgerException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void set(String cluster, ClusterIdentity identity) {
        try {
            ledger().identity(cluster, identity.toJson());
        } catch (LedgerException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Observation observation(ClusterRun run, ClusterContext cluster) {
        List<ObservedHost> hosts = run.hosts().stream().map(Records::observed).toList();
        return new Observation(
                run.getCluster(),
                run.getId(),
                run.startedAt(),
                !run.isQuick(),
                run.isComplete(),
                hosts,
                run.namesOfReadGuests(),
                run.filteredGuests(),
                run.hiddenGuests(),
                run.unaskedGuests(),
                permissions(cluster.permissions()),
                settings(cluster.settings()));
    }

    private static ObservedHost observed(KeptHost host) {
        return new ObservedHost(host.id(), host.guest(), host.uuid(), host.json());
    }

    private static @Nullable String permissions(@Nullable JsonNode told) {
        if (told == null) {
            return null;
        }
        Map<String, String> sorted = new TreeMap<>();
        told.properties().forEach(path -> {
            if (!OF_ONE_GUEST.matcher(path.getKey()).matches()) {
                Map<String, String> privileges = new TreeMap<>();
                path.getValue()
                        .properties()
                        .forEach(one ->
                                privileges.put(one.getKey(), one.getValue().asText()));
                sorted.put(path.getKey(), privileges.toString());
            }
        });
        return ChangeRules.fingerprint(sorted.toString());
    }

    private String settings(ClusterSettings cluster) {
        return ChangeRules.fingerprint(String.join(
                "\n",
                cluster.urls().toString(),
                cluster.login().account(),
                discovery.include().toString(),
                discovery.exclude().toString(),
                String.valueOf(discovery.templates()),
                String.valueOf(discovery.stopped())));
    }

    private static Map<String, Object> removals(Recorded told) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("removed", told.removed());
        map.put("missing", told.missing() - told.removed());
        map.put("held", told.held());
        map.put("reason", told.holdReason());
        return map;
    }

    private static void tell(ClusterRun run, Recorded told) {
        String cluster = run.getCluster();
        if (told.held() > 0) {
            LOG.warn(
                    "{}: REMOVALS HELD BACK: {} hosts are not found any more and are not removed: {}. See them with"
                            + " proxmox-discovery confirm-removals --cluster {} --list; they go when they are confirmed"
                            + " so, without --list, or, unless they exist and are only hidden, after {} more complete"
                            + " looks",
                    cluster,
                    told.held(),
                    told.holdReason(),
                    cluster,
                    RemovalRules.HELD_LOOKS);
        }
        String changes = changes(told);
        if (!changes.isEmpty()) {
            LOG.info("{}: {}", cluster, changes);
        }
    }

    private static String changes(Recorded told) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("discovered", told.discovered());
        counts.put("updated", told.updated());
        counts.put("removed", told.removed());
        counts.put("excluded", told.excluded());
        return counts.entrySet().stream()
                .filter(change -> change.getValue() > 0)
                .map(change -> change.getValue() + " " + change.getKey())
                .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        try {
            closeReader();
            if (opening != null) {
                // What went wrong with it was said at the start.
                Optional<Ledger> opened = opening.handle((ledger, failed) -> Optional.ofNullable(ledger))
                        .join();
                if (opened.isPresent()) {
                    opened.get().close();
                }
            }
            if (lock != null) {
                lock.close();
            }
        } catch (LedgerException e) {
            LOG.warn("{}", e.getMessage());
        }
    }
}
