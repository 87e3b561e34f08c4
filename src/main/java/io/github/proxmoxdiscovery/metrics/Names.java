package io.github.proxmoxdiscovery.metrics;

/** The names of what is measured, as Micrometer writes them: Prometheus gets underscores, units and {@code _total}. */
final class Names {

    private static final String OURS = "proxmox.discovery.";

    static final String BUILD = OURS + "build.info";
    static final String RUNS = OURS + "runs";
    static final String RUN_DURATION = OURS + "run.duration";
    static final String LAST_COMPLETE_RUN = OURS + "last.complete.run.timestamp";
    static final String LAST_READ_RUN = OURS + "last.read.run.timestamp";
    static final String SCHEDULE_INTERVAL = OURS + "schedule.interval";
    static final String GUESTS = OURS + "guests";
    static final String HOSTS = OURS + "hosts";
    static final String HOSTS_MISSING = OURS + "hosts.missing";
    static final String REMOVALS_HELD = OURS + "removals.held";
    static final String AGENTS = OURS + "agents";
    static final String FAILURES = OURS + "failures";
    static final String CLUSTER_FAILED = OURS + "cluster.failed";
    static final String REQUESTS = OURS + "api.requests";
    static final String REQUEST_DURATION = OURS + "api.request.duration";
    static final String REQUESTS_IN_FLIGHT = OURS + "api.requests.in.flight";
    static final String EVENTS = OURS + "events";
    static final String DELIVERIES = OURS + "deliveries";
    static final String DELIVERY_DURATION = OURS + "delivery.duration";
    static final String SINK_BACKLOG = OURS + "sink.backlog";
    static final String SINK_BACKLOG_AGE = OURS + "sink.backlog.age";
    static final String SINK_REJECTED = OURS + "sink.rejected";
    static final String SINK_PAUSED = OURS + "sink.paused";
    static final String LEDGER_SIZE = OURS + "ledger.size";

    static final String ROUTES_REFUSED = OURS + "routes.refused";
    static final String ROUTE_RELOADS = OURS + "route.reloads";

    private Names() {}
}
