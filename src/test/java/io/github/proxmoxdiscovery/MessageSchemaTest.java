package io.github.proxmoxdiscovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String MESSAGE = """
            {"id": "lab/qemu/101/net0", "mac": "bc:24:11:aa:bb:01", "hostname": "web-1",
             "ip_addresses": ["10.0.0.11", "2001:db8::11"], "source": "proxmox", "switch_port": null,
             "schema_version": 1, "observed_at": "2026-11-23T12:00:03.120Z",
             "run_id": "0197b4a0-1234-7abc-8def-0123456789ab", "generation": null, "revision": null,
             "proxmox": {
               "cluster": "lab", "node": "pve1", "type": "qemu", "vmid": 101, "name": "web-1",
               "guest_uuid": "2f3c1c8e-0000-4000-8000-000000000001",
               "status": "running", "template": false, "tags": ["prod", "web"], "pool": "shop", "os_type": "l26",
               "interface": {"key": "net0", "name": "eth0", "model": "virtio", "bridge": "vmbr0", "vlan": 20,
                             "trunks": null, "firewall": true, "link_down": false, "mtu": null,
                             "guest_interfaces": ["eth0", "eth0.20"]},
               "addresses": [{"address": "10.0.0.11", "prefix": 24, "source": "agent",
                              "observed_at": "2026-11-23T12:00:03.180Z", "stale": false}],
               "agent": "ok", "agent_checked_at": "2026-11-23T12:00:03.180Z", "notes": []}}
            """;

    @Test
    void allowsTheMessageOfTheContract() {
        assertThatCode(() -> MessageSchema.validate(MESSAGE)).doesNotThrowAnyException();
    }

    @Test
    void allowsFieldsThatAUserAdds() {
        String more =
                MESSAGE.replace("{\"id\"", "{\"site\": \"bonn\", \"id\"").replace("\"agent\":", "\"x\": 1, \"agent\":");
        assertThatCode(() -> MessageSchema.validate(more)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "mac": "bc:24            | "mac": "BC:24
                    "mac": "bc:24            | "mac": "bd:24
                    "schema_version": 1,     |
                    "revision": null,        |
                    "trunks": null,          |
                    "stale": false           | "stale": null
                    "source": "agent"        | "source": "guess"
                    "notes": []              | "notes": ["ODD"]
                    "notes": []              | "notes": ["SINK_PAUSED"]
                    "vlan": 20               | "vlan": 4095
                    "vlan": 20               | "vlan": "20"
                    qemu/101/net0            | qemu/101/net32
                    lab/qemu                 | Lab/qemu
                    10.0.0.11", "2001        | 10.0.0.11/24", "2001
                    2001:db8::11"            | fe80::1%eth0"
                    12:00:03.120Z            | 12:00:03Z
                    "agent": "ok"            | "agent": "unknown"
                    """)
    void refusesWhatTheContractDoesNotAllow(String right, String wrong) {
        assertThat(MESSAGE).contains(right);
        String broken = MESSAGE.replace(right, wrong == null ? "" : wrong);
        assertThatThrownBy(() -> MessageSchema.validate(broken)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"discovered-host", "run-report"})
    void everyKeyIsRequiredAndDescribed(String name) throws Exception {
        Path file = Path.of(
                System.getProperty("basedir", System.getProperty("user.dir")),
                "docs",
                "reference",
                name + ".schema.json");
        JsonNode schema = JSON.readTree(Files.readString(file));
        assertThat(schema.path("$id").asText()).isEqualTo("https://proxmox-discovery.github.io/schema/" + name + "/1");
        requiresAndDescribesAll(schema);
    }

    private static void requiresAndDescribesAll(JsonNode schema) {
        assertThat(schema.path("description").asText())
                .as("description of %s", schema)
                .isNotBlank();
        schema.path("properties").properties().forEach(property -> {
            assertThat(schema.path("required")).extracting(JsonNode::asText).contains(property.getKey());
            requiresAndDescribesAll(property.getValue());
        });
        JsonNode items = schema.path("items");
        if (items.has("properties")) {
            requiresAndDescribesAll(items);
        }
    }
}
