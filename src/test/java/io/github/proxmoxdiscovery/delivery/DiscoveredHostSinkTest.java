package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.proxmoxdiscovery.kamelet.InvalidHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code kamelet:discovered-host-sink} in another application. */
@ExtendWith(WithKafka.class)
class DiscoveredHostSinkTest {

    private static final String HOST = """
            {"id":"lab/qemu/101/net0","mac":"bc:24:11:00:00:65","hostname":"büro","ip_addresses":["10.0.0.7"],\
            "source":"proxmox","switch_port":null,"schema_version":1,"observed_at":"2026-11-23T12:00:03.120Z",\
            "run_id":"0197a2b4-0000-7000-8000-000000000001","generation":1,"revision":2,"proxmox":{"cluster":"lab",\
            "node":"pve1","type":"qemu","vmid":101,"name":"büro","guest_uuid":null,"status":"running",\
            "template":false,"tags":[],"pool":null,"os_type":"l26","interface":{"key":"net0","name":null,\
            "model":"virtio","bridge":"vmbr0","vlan":null,"trunks":null,"firewall":false,"link_down":false,\
            "mtu":null,"guest_interfaces":[]},"addresses":[{"address":"10.0.0.7","prefix":24,"source":"config",\
            "observed_at":"2026-11-23T12:00:03.120Z","stale":false}],"agent":"off","agent_checked_at":null,\
            "notes":[]}}""";

    @TempDir
    private Path folder;

    private final DefaultCamelContext application = new DefaultCamelContext();
    private ProducerTemplate template;

    @BeforeEach
    void start() {
        application.start();
        template = application.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        application.stop();
    }

    private static String sink(String uri) {
        return "kamelet:discovered-host-sink?uri=RAW(" + uri + ")";
    }

    @Test
    void writesAHostToKafkaAsTheProgramDoesAndMakesTheTopicForgetOneThatIsGone(KafkaBroker kafka) {
        String topic = kafka.topic("given", Map.of());
        String sink = sink("kafka:" + topic + "?brokers=" + kafka.address());
        template.sendBodyAndHeader(sink, HOST.getBytes(StandardCharsets.UTF_8), "Authorization", "a secret");
        template.sendBodyAndHeaders(
                sink,
                HOST,
                Map.of(
                        "ce_id", "lab/qemu/101/net0@e.1.3",
                        "ce_type", "io.github.proxmoxdiscovery.host.removed.v1",
                        "ce_reason", "guest_gone"));
        List<ConsumerRecord<String, String>> records = kafka.records(topic);
        assertThat(records).extracting(ConsumerRecord::key).containsOnly("lab/qemu/101/net0");
        assertThat(records).extracting(ConsumerRecord::value).containsExactly(HOST, HOST, null);
        assertThat(headers(records.get(0)))
                .containsEntry("ce_id", "0197a2b4-0000-7000-8000-000000000001/lab/qemu/101/net0")
                .containsEntry("ce_type", "io.github.proxmoxdiscovery.host.observed.v1")
                .containsEntry("content-type", "application/json")
                .doesNotContainKey("Authorization");
        assertThat(headers(records.get(1)))
                .containsEntry("ce_id", "lab/qemu/101/net0@e.1.3")
                .containsEntry("ce_subject", "lab/qemu/101/net0")
                .containsEntry("ce_reason", "guest_gone");
    }

    private static Map<String, String> headers(ConsumerRecord<String, String> message) {
        Map<String, String> headers = new TreeMap<>();
        message.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    @Test
    void postsAHostAsTheProgramDoes() throws Exception {
        try (Webhook webhook = Webhook.thatTakesAll()) {
            template.sendBodyAndHeader(sink(webhook.url()), HOST, "Authorization", "a secret");
            Webhook.Request request = webhook.requests().get(0);
            assertThat(request.header("ce-subject")).isEqualTo("lab/qemu/101/net0");
            assertThat(request.header("idempotency-key")).isEqualTo(request.header("ce-id"));
            assertThat(request.header("content-type")).startsWith("application/json");
            assertThat(request.header("authorization")).isNull();
            assertThat(request.body()).isEqualTo(HOST);
        }
    }

    @Test
    void hasItsHeadersForAnyOtherEndpointAndLeavesTheMessageAsItWas() throws Exception {
        Object after = application
                .createFluentProducerTemplate()
                .to(sink("file:" + folder + "?fileName=${header.cluster}-${header.event_type}.json"))
                .withBody(HOST)
                .request();
        assertThat(folder.resolve("lab-observed.json"))
                .content(StandardCharsets.UTF_8)
                .isEqualTo(HOST);
        assertThat(after).isEqualTo(HOST);
    }

    @Test
    void refusesWhatIsNoHostAndNamesWhatIsWrong() throws Exception {
        isRefused("", "the body is empty");
        isRefused("hello", "it is no JSON object alone");
        isRefused(HOST + HOST, "it is no JSON object alone");
        isRefused("[" + HOST + "]", "array found, object expected");
        isRefused(HOST.replace("bc:24:11:00:00:65", "BC-24-11"), "$.mac");
        isRefused(HOST.replace("\"hostname\":\"büro\",", ""), "hostname");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private void isRefused(String body, String why) {
        assertThatThrownBy(() -> template.sendBody(sink("file:" + folder), body))
                .hasRootCauseInstanceOf(InvalidHostException.class)
                .rootCause()
                .hasMessageStartingWith("this is no DiscoveredHost: ")
                .hasMessageContaining(why);
    }
}
