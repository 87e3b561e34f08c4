package io.github.proxmoxdiscovery.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.delivery.KafkaBroker;
import io.github.proxmoxdiscovery.faults.crash.Told;
import io.github.proxmoxdiscovery.sim.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is gone, does not answer, has no room, or does not know the topic. */
class KafkaFaultsTest {

    @TempDir
    private static Path disk;

    private static Tmpfs tmpfs;
    private static KafkaBroker kafka;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        tmpfs = Tmpfs.at(disk, "64m");
        kafka = KafkaBroker.start(disk.resolve("data"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (kafka != null) {
            kafka.close();
        }
        if (tmpfs != null) {
            tmpfs.close();
        }
    }

    private Trial trial(String topic) throws IOException {
        return Trial.in(folder, "kafka,file")
                .with("sink.kafka.brokers", kafka.address())
                .with("sink.kafka.topic", topic)
                .with("camel.component.kafka.max-block-ms", "1000")
                .with("camel.component.kafka.request-timeout-ms", "1000")
                .with("camel.component.kafka.delivery-timeout-ms", "2000")
                .with("discovery.delivery-timeout", "2s");
    }

    /** In the order of each partition, which is that of each host. A record without a value is no event. */
    private static List<Told> stream(String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>(kafka.records(topic));
        records.sort(Comparator.<ConsumerRecord<String, String>>comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        List<Told> stream = new ArrayList<>();
        for (ConsumerRecord<String, String> record : records) {
            if (record.value() != null) {
                Map<String, String> attributes = new TreeMap<>();
                record.headers()
                        .forEach(header -> attributes.put(
                                header.key().replaceFirst("^ce_", ""),
                                new String(header.value(), StandardCharsets.UTF_8)));
                byte[] body = record.value().getBytes(StandardCharsets.UTF_8);
                stream.add(Told.binary(Instant.ofEpochMilli(record.timestamp()), attributes, body));
            }
        }
        return stream;
    }

    /** Does something in the middle of a run, and undoes it when the run is over. */
    private void meanwhile(TestInfo test, Broken broken, Broken mended) throws Exception {
        String topic = kafka.topic(test.getTestMethod().orElseThrow().getName(), Map.of());
        try (Trial trial = trial(topic)) {
            assertThat(trial.once().exitCode()).isZero();
            trial.world().change(15);
            trial.world().cluster().fault("/cluster/resources", Fault.changedBefore(() -> doUnchecked(broken)), 1);
            Program.Result result = trial.once();
            assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
            trial.world().change(15);
            mended.happens();
            trial.heal();
            trial.hasTheTruth("kafka", stream(topic));
            trial.fileHasTheTruth();
        }
    }

    /** What happens to the broker. */
    private interface Broken {
        void happens() throws IOException, InterruptedException;
    }

    private static void doUnchecked(Broken broken) {
        try {
            broken.happens();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void isStoppedInTheMiddleOfARun(TestInfo test) throws Exception {
        meanwhile(test, () -> kafka.stop(), () -> kafka.restart());
    }

    @Test
    void isPausedInTheMiddleOfARun(TestInfo test) throws Exception {
        meanwhile(test, () -> signal("STOP"), () -> signal("CONT"));
    }

    private static void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(kafka.pid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    @Test
    void runsOutOfRoomInTheMiddleOfARun(TestInfo test) throws Exception {
        meanwhile(test, tmpfs::fill, () -> {
            kafka.stop();
            tmpfs.free();
            kafka.restart();
        });
    }

    @Test
    void doesNotKnowTheTopicAtFirst() throws Exception {
        try (Trial trial = trial("later")) {
            Program.Result result = trial.once();
            assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
            trial.world().change(5);
            kafka.topic("later", Map.of());
            trial.heal();
            trial.hasTheTruth("kafka", stream("later"));
            trial.fileHasTheTruth();
        }
    }
}
