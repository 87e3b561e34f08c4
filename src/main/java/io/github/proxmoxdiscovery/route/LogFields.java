package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.run.ClusterRun;
import io.github.proxmoxdiscovery.run.Failure;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What a line of a JSON log is about, in fields of its own; a log of text has it in its message. */
final class LogFields {

    private final Map<String, @Nullable String> before = new HashMap<>();

    private LogFields() {}

    /** The cluster and its run. */
    static LogFields of(ClusterRun run) {
        return new LogFields().with("cluster", run.getCluster()).with("run_id", run.getId());
    }

    /** The same of what a sink is told. */
    static LogFields of(Delivery delivery) {
        return of(delivery.run()).with("sink", delivery.getSink());
    }

    /** The same of a failure: of a node, as {@code lab/pve1}, or of a guest, as {@code lab/qemu/101}. */
    LogFields about(Failure failure) {
        String[] parts = failure.where().split("/");
        with("reason", failure.reason().name());
        if (parts.length == 2) {
            with("node", parts[1]);
        } else if (parts.length > 2) {
            with("vmid", parts[2]);
        }
        return this;
    }

    private LogFields with(String key, String value) {
        before.putIfAbsent(key, MDC.get(key));
        MDC.put(key, value);
        return this;
    }

    /** Has a line said with these fields. */
    void say(Runnable line) {
        try {
            line.run();
        } finally {
            restore();
        }
    }

    private void restore() {
        before.forEach((key, value) -> {
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value);
            }
        });
    }
}
