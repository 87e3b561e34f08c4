package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads a compacted topic from its beginning has the inventory, and nothing else. */
@ExtendWith(WithKafka.class)
class CompactedTopicTest {

    @TempDir
    private Path folder;

    private static Program program(Lab lab, KafkaBroker kafka, String topic) {
        return lab.program("kafka,file")
                .with("sink.kafka.brokers", kafka.address())
                .with("sink.kafka.topic", topic)
                .with("sink.kafka.emit", "changes")
                .with("camel.component.kafka.max-block-ms", "1000")
                .with("discovery.delivery-timeout", "20s");
    }

    @Test
    void isTheInventoryAfterGuestsCameChangedAndWentAndTheBrokerWasDown(KafkaBroker kafka)
            throws IOException, InterruptedException {
        String topic = kafka.topic("compacted", Map.of("cleanup.policy", "compact"));
        try (Lab lab = Lab.of(folder, 8)) {
            lab.cluster().change(104, vm -> vm.config("smbios1", "uuid=5f1d7c3e-0000-4000-8000-000000000104"));
            delivered(lab, kafka, topic);
            lab.cluster().change(101, vm -> vm.config("name", "renamed"));
            lab.cluster().put(guest(150));
            lab.cluster().remove(102);
            delivered(lab, kafka, topic);
            delivered(lab, kafka, topic);
            assertThat(fold(kafka.records(topic))).doesNotContainKey("lab/qemu/102/net0");
            whileItIsDown(lab, kafka, topic);
            delivered(lab, kafka, topic);
            lab.cluster().put(guest(102));
            delivered(lab, kafka, topic);
            replaced(lab, 104);
            delivered(lab, kafka, topic);
            List<ConsumerRecord<String, String>> records = kafka.records(topic);
            assertThat(fold(records)).isEqualTo(inventory(lab));
            assertThat(fold(records).keySet()).containsExactlyElementsOf(lab.ids());
            theIdsOfEachHostAreInOrder(records);
        }
    }

    private static void delivered(Lab lab, KafkaBroker kafka, String topic) {
        Program.Result result = program(lab, kafka, topic).run("once");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private static void whileItIsDown(Lab lab, KafkaBroker kafka, String topic)
            throws IOException, InterruptedException {
        kafka.stop();
        try {
            lab.cluster().change(101, vm -> vm.config("name", "renamed-again"));
            lab.cluster().remove(103);
            lab.cluster().put(guest(151));
            for (int run = 0; run < 2; run++) {
                Program.Result result = program(lab, kafka, topic)
                        .with("discovery.delivery-timeout", "1s")
                        .run("once");
                assertThat(result.exitCode()).as(result.err()).isEqualTo(5);
            }
        } finally {
            kafka.restart();
        }
    }

    private static void replaced(Lab lab, int vmid) {
        lab.cluster().remove(vmid);
        lab.cluster().put(guest(vmid).config("smbios1", "uuid=5f1d7c3e-0000-4000-8000-000000000999"));
    }

    private static SimulatedGuest.Builder guest(int vmid) {
        return SimulatedGuest.qemu(vmid, "new-" + vmid)
                .config("net0", "virtio=BC:24:11:01:00:%02X,bridge=vmbr0".formatted(vmid));
    }

    /** What is left when each record takes the place of those before it with its key. */
    private static Map<String, JsonNode> fold(List<ConsumerRecord<String, String>> records) {
        Map<String, JsonNode> folded = new TreeMap<>();
        for (ConsumerRecord<String, String> record : records) {
            if (record.value() == null) {
                folded.remove(record.key());
            } else {
                folded.put(record.key(), withoutRun(record.value()));
            }
        }
        return folded;
    }

    private static Map<String, JsonNode> inventory(Lab lab) {
        Map<String, JsonNode> inventory = new TreeMap<>();
        lab.output()
                .latest("lab")
                .forEach(line -> inventory.put(Output.json(line).path("id").asText(), withoutRun(line)));
        return inventory;
    }

    /** Nobody is told that a host was seen once more. */
    private static JsonNode withoutRun(String message) {
        ObjectNode tree = (ObjectNode) Output.json(message);
        tree.remove(List.of("run_id", "observed_at"));
        return tree;
    }

    private static void theIdsOfEachHostAreInOrder(List<ConsumerRecord<String, String>> records) {
        Map<String, HostEvent> last = new HashMap<>();
        for (ConsumerRecord<String, String> record : records) {
            HostEvent event = HostEvent.of(record);
            assertThat(event.get("subject")).isEqualTo(record.key());
            HostEvent before = last.put(record.key(), event);
            if (before == null) {
                continue;
            }
            if (event.isTombstone()) {
                assertThat(event.get("id")).isEqualTo(before.get("id"));
                assertThat(before.toString()).startsWith("removed");
            } else {
                assertThat(event.generationInId()).isGreaterThanOrEqualTo(before.generationInId());
                assertThat(event.revisionInId()).isGreaterThan(before.revisionInId());
            }
        }
        assertThat(last.get("lab/qemu/104/net0")).hasToString("discovered 104 2.3");
        assertThat(last.get("lab/qemu/103/net0").isTombstone()).isTrue();
    }
}
