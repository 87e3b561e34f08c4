package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.Flavour;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.source.CheckCase;
import io.github.proxmoxdiscovery.source.Discovery;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says of a real broker. */
@ExtendWith(WithKafka.class)
class KafkaCheckTest {

    @TempDir
    private Path folder;

    private Program.Result check(KafkaBroker broker, String topic) {
        try (SimulatedCluster cluster = CheckCase.cluster(Flavour.PVE_9)) {
            return Discovery.of(folder, cluster)
                    .with("discovery.sinks", "kafka")
                    .with("sink.kafka.brokers", broker.address())
                    .with("sink.kafka.topic", topic)
                    .program()
                    .run("check");
        }
    }

    @Test
    void theTopicIsThereAndNothingIsWritten(KafkaBroker broker) {
        String topic = broker.topic("check-there", Map.of());
        Program.Result result = check(broker, topic);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out().replaceAll("\\s+", " "))
                .contains(
                        "ok kafka brokers " + broker.address() + ": 1 reached",
                        "ok kafka topic check-there is there, with 3 partitions");
        assertThat(broker.records(topic)).isEmpty();
    }

    @Test
    void theTopicIsMissing(KafkaBroker broker) {
        Program.Result result = check(broker, "check-missing");
        CheckCase.keep("the topic is missing", folder, result);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(5);
        assertThat(result.out().replaceAll("\\s+", " "))
                .contains(
                        "fail kafka topic check-missing is not there",
                        "kafka-topics.sh --bootstrap-server " + broker.address() + " --create --topic check-missing");
    }
}
