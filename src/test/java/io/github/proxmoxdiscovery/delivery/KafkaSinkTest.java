package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.cli.Program;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(WithKafka.class)
class KafkaSinkTest {

    @TempDir
    private Path folder;

    private static Program program(Lab lab, String brokers, String topic) {
        return lab.program("kafka,file")
                .with("sink.kafka.brokers", brokers)
                .with("sink.kafka.topic", topic)
                .with("camel.component.kafka.max-block-ms", "1000")
                .with("discovery.delivery-timeout", "30s");
    }

    @Test
    void writesEveryHostOfALargeClusterOnceWithItsIdAsKey(KafkaBroker kafka) {
        String topic = kafka.topic("large", Map.of());
        try (Lab lab = Lab.of(folder, 600)) {
            Program.Result result = program(lab, kafka.address(), topic).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            List<ConsumerRecord<String, String>> records = kafka.records(topic);
            assertThat(records.stream().map(ConsumerRecord::key).sorted().toList())
                    .isEqualTo(lab.ids());
            assertThat(records.stream().map(ConsumerRecord::value).sorted().toList())
                    .isEqualTo(lab.output().lines().stream().sorted().toList());
            records.forEach(KafkaSinkTest::isOneEvent);
        }
    }

    private static void isOneEvent(ConsumerRecord<String, String> message) {
        MessageSchema.validate(message.value());
        String runId = Output.json(message.value()).path("run_id").asText();
        Map<String, String> headers = new HashMap<>();
        for (Header header : message.headers()) {
            assertThat(headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)))
                    .as(header.key())
                    .isNull();
        }
        assertThat(headers.remove("ce_time"))
                .as(headers.toString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(headers.remove("ce_dataschema")).startsWith("https://");
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "content-type", "application/json",
                        "ce_specversion", "1.0",
                        "ce_id", runId + "/" + message.key(),
                        "ce_source", "/proxmox-discovery/lab",
                        "ce_type", "io.github.proxmoxdiscovery.host.observed.v1",
                        "ce_subject", message.key()));
    }

    @Test
    void keepsTheOrderOfTheRunsOfEachHost(KafkaBroker kafka) {
        String topic = kafka.topic("order", Map.of());
        try (Lab lab = Lab.of(folder, 5)) {
            program(lab, kafka.address(), topic).run("once");
            lab.cluster().change(101, guest -> guest.config("name", "renamed"));
            program(lab, kafka.address(), topic).run("once");
            assertThat(kafka.records(topic).stream()
                            .filter(message -> message.key().equals("lab/qemu/101/net0"))
                            .map(message -> Output.json(message.value())
                                    .path("hostname")
                                    .asText()))
                    .containsExactly("vm-101", "renamed");
        }
    }

    @Test
    void handsTheOptionsOfTheComponentToTheProducer(KafkaBroker kafka) {
        String topic = kafka.topic("options", Map.of());
        try (Lab lab = Lab.of(folder, 2)) {
            Program.Result result = program(lab, kafka.address(), topic)
                    .with("camel.component.kafka.compression-codec", "gzip")
                    .with("camel.component.kafka.max-request-size", "300")
                    .run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(lab.output().parkedIds("kafka")).isEqualTo(lab.ids());
            assertThat(lab.output().parked("kafka").get(0).answer())
                    .startsWith("SINK_REJECTED ")
                    .contains("max.request.size", "300");
        }
    }

    @Test
    void keepsWhatABrokerThatIsDownDidNotTakeAndHoldsUpNoOtherSink() throws IOException {
        try (Lab lab = Lab.of(folder, 600);
                RawServer down = RawServer.that((socket, number) -> {})) {
            Program.Result result = program(lab, "127.0.0.1:" + down.port(), "hosts")
                    .with("discovery.delivery-timeout", "2s")
                    .run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(lab.output().lackingIds("kafka")).isEqualTo(lab.ids());
            assertThat(lab.output().parked("kafka")).isEmpty();
            assertThat(lab.output().ids()).isEqualTo(lab.ids());
            assertThat(result.err())
                    .contains("sink file took 600 hosts", "sink kafka took 0 hosts, and lacks 600")
                    .contains("Last: SINK_UNREACHABLE ");
        }
    }

    @Test
    void deliversWhenTheBrokerComesBackInTime(KafkaBroker kafka) throws IOException {
        String topic = kafka.topic("back", Map.of());
        try (Lab lab = Lab.of(folder, 3);
                RawServer comesBack = RawServer.that((socket, number) -> {
                    if (number > 3) {
                        forward(socket, kafka.port());
                    }
                })) {
            Program.Result result =
                    program(lab, "127.0.0.1:" + comesBack.port(), topic).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(kafka.records(topic))
                    .extracting(ConsumerRecord::key)
                    .containsExactlyInAnyOrderElementsOf(lab.ids());
            assertThat(comesBack.connections()).isGreaterThan(3);
            assertThat(lab.output().lackingIds("kafka")).isEmpty();
        }
    }

    private static void forward(Socket client, int port) throws IOException, InterruptedException {
        try (Socket server = new Socket("127.0.0.1", port)) {
            Thread answers = new Thread(() -> copy(server, client), "answers");
            answers.setDaemon(true);
            answers.start();
            copy(client, server);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two has hung up.
        }
    }

    @Test
    void parksTheOneHostWhoseRecordIsTooLarge(KafkaBroker kafka) {
        String topic = kafka.topic("small", Map.of("max.message.bytes", "6000"));
        try (Lab lab = Lab.of(folder, 5)) {
            lab.cluster().change(103, guest -> guest.tags(manyTags()));
            Program.Result result = program(lab, kafka.address(), topic).run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(lab.output().parkedIds("kafka")).containsExactly("lab/qemu/103/net0");
            assertThat(lab.output().lackingIds("kafka")).containsExactly("lab/qemu/103/net0");
            assertThat(lab.output().parked("kafka").get(0).answer()).startsWith("SINK_REJECTED ");
            assertThat(kafka.records(topic).stream().map(ConsumerRecord::key).distinct())
                    .hasSize(4);
        }
    }

    private static String manyTags() {
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            tags.append("tag-").append(i).append(';');
        }
        return tags.toString();
    }

    @Test
    void saysThatATopicIsMissing(KafkaBroker kafka) {
        try (Lab lab = Lab.of(folder, 40)) {
            Program.Result result = program(lab, kafka.address(), "nobody-made-it")
                    .with("discovery.delivery-timeout", "1s")
                    .run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(lab.output().lackingIds("kafka")).hasSize(40);
            assertThat(result.err()).contains("sink kafka took 0 hosts, and lacks 40", "nobody-made-it");
        }
    }
}
