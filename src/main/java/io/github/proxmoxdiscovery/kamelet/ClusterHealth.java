package io.github.proxmoxdiscovery.kamelet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/** Whether the last run could read the cluster, as the health of the application has it; up, until a run is over. */
final class ClusterHealth extends AbstractHealthCheck {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String cluster;
    private volatile @Nullable JsonNode last;

    ClusterHealth(String cluster) {
        super("camel", "proxmox-hosts:" + cluster);
        this.cluster = cluster;
    }

    /** @param json the report of a run */
    void report(String json) {
        try {
            last = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        JsonNode report = last;
        if (report == null) {
            builder.up();
            return;
        }
        builder.detail("cluster", cluster);
        builder.detail("run_id", report.path("run_id").asText());
        builder.detail("finished_at", report.path("finished_at").asText());
        builder.detail("complete", report.path("complete").asBoolean());
        builder.detail("hosts", report.path("hosts").asInt());
        Optional<JsonNode> failure = failure(report);
        if (failure.isEmpty()) {
            builder.up();
        } else {
            builder.down().message(sentence(failure.get()));
        }
    }

    /** What keeps the whole cluster from being read. */
    private Optional<JsonNode> failure(JsonNode report) {
        if (report.path("complete").asBoolean()) {
            return Optional.empty();
        }
        return StreamSupport.stream(report.path("errors").spliterator(), false)
                .filter(error -> error.path("where").asText().equals(cluster))
                .findFirst();
    }

    private static String sentence(JsonNode error) {
        return error.path("reason").asText() + " " + error.path("message").asText() + ". "
                + error.path("remedy").asText();
    }
}
