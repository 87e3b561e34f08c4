package io.github.proxmoxdiscovery.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.cli.Program;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code demo} finds, against what its cluster was written to be. */
public class DemoClusterIsReadRightTest {

    private static Found found;
    private static Map<String, JsonNode> hosts;

    @BeforeAll
    static void run(@TempDir Path folder) {
        Program.Result result =
                Program.in(folder).option("--config", folder.toString()).run("demo");
        found = new Found(folder.resolve("out"), result);
        assertThat(found.exitCode()).as(found.err()).isZero();
        hosts = found.latest("demo");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    qemu/101/net0 | bc:24:11:20:00:01 | web-1               | 10.0.20.11 2001:db8:20::11    | running | ok          | 20 | eth0      | -
                    qemu/102/net0 | bc:24:11:20:00:02 | web-2               | 10.0.20.12 2001:db8:20::12    | running | ok          | 20 | eth0      | DUPLICATE_MAC
                    qemu/152/net0 | bc:24:11:20:00:02 | web-2-clone         | -                             | stopped | off         | 99 | -         | DUPLICATE_MAC
                    qemu/104/net0 | bc:24:11:30:00:01 | shop-db             | 10.0.30.10 10.0.30.11         | running | ok          | 30 | ens18     | -
                    qemu/110/net0 | bc:24:11:10:00:01 | fw-1                | 203.0.113.2 2001:db8:ffff::2  | running | ok          | -  | vtnet0    | -
                    qemu/110/net2 | bc:24:11:10:00:03 | fw-1                | 10.0.20.1 10.0.30.1 10.0.40.1 2001:db8:20::1 | running | ok | - | vtnet2  | -
                    qemu/111/net0 | bc:24:11:10:00:11 | router-lab          | 10.0.60.1 198.51.100.1 2001:db8:60::1 | running | ok  | -  | ens18     | -
                    qemu/111/net1 | bc:24:11:10:00:12 | router-lab          | -                             | running | ok          | -  | -         | -
                    qemu/120/net1 | bc:24:11:40:00:02 | WIN-DC01            | -                             | running | ok          | 41 | LAN-Verbindung für Büro | -
                    qemu/130/net0 | bc:24:11:60:00:01 | docker-1            | 10.0.10.30                    | running | ok          | 10 | eth0      | -
                    qemu/150/net0 | bc:24:11:90:00:01 | debian-12-template  | -                             | stopped | off         | -  | -         | -
                    qemu/153/net0 | bc:24:11:90:00:04 | vm-153              | -                             | stopped | off         | -  | -         | -
                    qemu/160/net0 | bc:24:11:80:00:01 | api-1               | 10.0.20.60 2001:db8:20::60    | running | off         | 20 | -         | -
                    qemu/161/net0 | bc:24:11:80:00:02 | legacy-app          | -                             | running | silent      | -  | -         | AGENT_SILENT
                    qemu/162/net0 | bc:24:11:80:00:03 | rhel-db             | -                             | running | unsupported | 30 | -         | AGENT_UNSUPPORTED
                    qemu/164/net0 | bc:24:11:80:00:05 | files-1             | -                             | running | locked      | 40 | -         | GUEST_LOCKED
                    qemu/165/net0 | bc:24:11:80:00:06 | v6only              | 2001:db8:66::6 fd00:66::6     | running | ok          | 66 | eth0      | -
                    lxc/201/net0  | bc:24:11:50:00:01 | dns-1               | 10.0.10.153 2001:db8:10::153  | running | ok          | 10 | eth0      | -
                    lxc/203/net1  | bc:24:11:50:00:04 | mail-1              | 10.0.10.125                   | running | ok          | 10 | mgmt      | -
                    lxc/204/net0  | bc:24:11:50:00:05 | wiki-old            | 10.0.10.90                    | stopped | off         | -  | eth0      | -
                    """)
    void findsTheHost(
            String id,
            String mac,
            String hostname,
            String addresses,
            String status,
            String agent,
            Integer vlan,
            String name,
            String notes) {
        JsonNode host = hosts.get("demo/" + id);
        assertThat(host).as(hosts.keySet().toString()).isNotNull();
        assertThat(host.path("mac").asText()).isEqualTo(mac);
        assertThat(host.path("hostname").asText()).isEqualTo(hostname);
        assertThat(String.join(" ", Found.texts(host.path("ip_addresses"))))
                .isEqualTo(addresses == null ? "" : addresses);
        assertThat(host.at("/proxmox/status").asText()).isEqualTo(status);
        assertThat(host.at("/proxmox/agent").asText()).isEqualTo(agent);
        assertThat(host.at("/proxmox/interface/vlan").asInt(0)).isEqualTo(vlan == null ? 0 : vlan);
        assertThat(host.at("/proxmox/interface/name").textValue()).isEqualTo(name);
        assertThat(String.join(" ", Found.texts(host.at("/proxmox/notes")))).isEqualTo(notes == null ? "" : notes);
    }

    @Test
    void findsNoHostWhereThereIsNoInterface() {
        assertThat(hosts.keySet()).noneMatch(id -> id.startsWith("demo/qemu/163/"));
        assertThat(found.report("demo").path("complete").asBoolean()).isTrue();
        assertThat(found.report("demo").path("hosts").asInt()).isEqualTo(hosts.size());
    }

    @Test
    void namesWhatAddressesComeFrom() {
        assertThat(hosts.get("demo/qemu/160/net0")
                        .at("/proxmox/addresses/0/source")
                        .asText())
                .isEqualTo("config");
        assertThat(hosts.get("demo/qemu/101/net0")
                        .at("/proxmox/addresses/0/source")
                        .asText())
                .isEqualTo("agent");
        assertThat(hosts.get("demo/lxc/201/net0")
                        .at("/proxmox/addresses/0/source")
                        .asText())
                .isEqualTo("lxc");
        assertThat(hosts.get("demo/qemu/104/net0")
                        .at("/proxmox/addresses/0/prefix")
                        .asInt())
                .isEqualTo(32);
    }
}
