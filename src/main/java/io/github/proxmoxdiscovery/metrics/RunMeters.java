package io.github.proxmoxdiscovery.metrics;

import io.github.proxmoxdiscovery.host.AgentState;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.ledger.LedgerStatus;
import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.Failure;
import io.github.proxmoxdiscovery.run.RunKind;
import io.github.proxmoxdiscovery.run.RunReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The runs over the clusters, and what they found. */
final class RunMeters {

    private static final String CLUSTER = "cluster";

    private static final Duration[] BUCKETS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10)
    };

    /** What stands in the label {@code result}. */
    enum Result {
        COMPLETE("complete"),
        INCOMPLETE("incomplete"),
        FAILED("failed"),
        BROKEN("broken"),
        MISSED("missed");

        private final String text;

        Result(String text) {
            this.text = text;
        }
    }

    private final MeterRegistry registry;
    private final Gauges lastComplete;
    private final Gauges lastRead;
    private final Gauges guests;
    private final Gauges hosts;
    private final Gauges missing;
    private final Gauges held;
    private final Gauges agents;
    private final Gauges failed;

    RunMeters(MeterRegistry registry, List<String> clusters) {
        this.registry = registry;
        this.lastComplete = new Gauges(
                registry, Names.LAST_COMPLETE_RUN, "seconds", "When a full run last missed nothing; 0 for never.");
        this.lastRead = new Gauges(
                registry, Names.LAST_READ_RUN, "seconds", "When a full run last could read the cluster; 0 for never.");
        this.guests = new Gauges(registry, Names.GUESTS, "", "Guests that the last full run listed.");
        this.hosts = new Gauges(registry, Names.HOSTS, "", "Hosts that the last full run found.");
        this.missing = new Gauges(
                registry, Names.HOSTS_MISSING, "", "Hosts that complete runs did not find, and that are not removed.");
        this.held = new Gauges(registry, Names.REMOVALS_HELD, "", "Hosts whose removal is held back.");
        this.agents = new Gauges(
                registry, Names.AGENTS, "", "Guests of the last full run by what their agent or runtime said.");
        this.failed = new Gauges(
                registry, Names.CLUSTER_FAILED, "", "1 if the last run could not read the cluster, for this reason.");
        clusters.forEach(this::register);
    }

    /** So that there is a zero before there is anything else, and an alert sees the first one. */
    private void register(String cluster) {
        for (RunKind kind : RunKind.values()) {
            Arrays.stream(Result.values()).forEach(result -> runs(cluster, kind, result));
            duration(cluster, kind);
        }
        for (Reason reason : Reason.values()) {
            if (reason.scope() == Reason.Scope.CLUSTER) {
                failed.of(CLUSTER, cluster, "reason", reason.name());
            }
            if (reason.scope() != Reason.Scope.SINK) {
                failures(cluster, reason);
            }
        }
        List.of(lastComplete, lastRead, hosts, missing, held).forEach(gauge -> gauge.of(CLUSTER, cluster));
        guests(cluster, new RunReport.Guests(0, 0, 0, 0));
        agents(cluster, Map.of());
    }

    void read(ClusterRun run, RunReport report) {
        String cluster = report.cluster();
        boolean unread = run.clusterFailure().isPresent();
        Result result = report.complete() ? Result.COMPLETE : unread ? Result.FAILED : Result.INCOMPLETE;
        runs(cluster, report.kind(), result).increment();
        duration(cluster, report.kind()).record(Duration.between(report.startedAt(), report.finishedAt()));
        report.failures().stream()
                .map(Failure::reason)
                .filter(reason -> reason.scope() != Reason.Scope.SINK)
                .forEach(reason -> failures(cluster, reason).increment());
        failed(cluster, run.clusterFailure().map(Failure::reason).orElse(null));
        if (report.kind() == RunKind.FULL && !unread) {
            found(run, report);
        }
    }

    private void failed(String cluster, @org.jspecify.annotations.Nullable Reason now) {
        Arrays.stream(Reason.values())
                .filter(reason -> reason.scope() == Reason.Scope.CLUSTER)
                .forEach(reason -> failed.set(reason == now ? 1 : 0, CLUSTER, cluster, "reason", reason.name()));
    }

    private void found(ClusterRun run, RunReport report) {
        String cluster = report.cluster();
        lastRead.set(report.finishedAt().getEpochSecond(), CLUSTER, cluster);
        if (report.complete()) {
            lastComplete.set(report.finishedAt().getEpochSecond(), CLUSTER, cluster);
        }
        guests(cluster, report.guests());
        hosts.set(report.hosts(), CLUSTER, cluster);
        agents(cluster, run.agents());
    }

    private void guests(String cluster, RunReport.Guests counted) {
        guests.set(counted.read(), CLUSTER, cluster, "state", "read");
        guests.set(counted.skipped(), CLUSTER, cluster, "state", "skipped");
        guests.set(counted.failed(), CLUSTER, cluster, "state", "failed");
    }

    private void agents(String cluster, Map<AgentState, Integer> counted) {
        for (AgentState state : AgentState.values()) {
            agents.set(counted.getOrDefault(state, 0), CLUSTER, cluster, "state", state.text());
        }
    }

    /** What the ledger knows of a cluster. */
    void known(LedgerStatus.OfCluster cluster) {
        missing.set(cluster.missing(), CLUSTER, cluster.name());
        held.set(cluster.held(), CLUSTER, cluster.name());
    }

    /** What the ledger knew of it when it was opened. */
    void knownBefore(LedgerStatus.OfCluster cluster) {
        known(cluster);
        hosts.set(cluster.present(), CLUSTER, cluster.name());
        cluster.completeAt().ifPresent(at -> {
            lastComplete.set(at.getEpochSecond(), CLUSTER, cluster.name());
            lastRead.set(at.getEpochSecond(), CLUSTER, cluster.name());
        });
    }

    void ended(String cluster, RunKind kind, Result result) {
        runs(cluster, kind, result).increment();
    }

    private Counter runs(String cluster, RunKind kind, Result result) {
        return Counter.builder(Names.RUNS)
                .description("Runs that are over, and full ones that did not begin.")
                .tags(CLUSTER, cluster, "kind", kind.text(), "result", result.text)
                .register(registry);
    }

    private Timer duration(String cluster, RunKind kind) {
        return Timer.builder(Names.RUN_DURATION)
                .description("How long the reading of a cluster took.")
                .tags(CLUSTER, cluster, "kind", kind.text())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter failures(String cluster, Reason reason) {
        return Counter.builder(Names.FAILURES)
                .description("What went wrong in runs, as their reports tell it.")
                .tags(CLUSTER, cluster, "reason", reason.name())
                .register(registry);
    }
}
