package io.github.proxmoxdiscovery.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.Tool;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import io.github.proxmoxdiscovery.source.HostileNamesTest;
import io.github.proxmoxdiscovery.source.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others read, of guests that are called what does most harm; read by the programs that it is for. */
class ExportsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST = 101;

    @TempDir
    private static Path folder;

    private static List<String> names;
    private static SimulatedCluster cluster;
    private static Service service;
    private static Client client;

    @BeforeAll
    static void serve() throws Exception {
        names = new ArrayList<>(HostileNamesTest.NAMES);
        names.addAll(List.of(
                "=cmd|' /C calc'!A0",
                "+1",
                "-2",
                "@SUM(A1)",
                "\tx",
                "web.example.com",
                "wpad",
                "localhost",
                "{{ lookup('pipe','id') }}",
                "{% x %}",
                "same",
                "same",
                "proxmox_all_running",
                "../../etc/passwd",
                "böse",
                "all",
                "web-1",
                "web-1-net1",
                "x,y;z",
                "a b"));
        SimulatedCluster.Builder plan = Discovery.cluster();
        IntStream.range(0, names.size()).forEach(i -> plan.guest(guest(FIRST + i, names.get(i))));
        cluster = plan.start();
        service = Service.start(
                Discovery.of(folder, cluster).with("server.enabled", "true").with("server.port", "0"));
        service.pollNow();
        service.awaitRuns("lab", 1);
        client = new Client(service.port());
    }

    @AfterAll
    static void stop() {
        service.close();
        cluster.close();
    }

    private static SimulatedGuest.Builder guest(int vmid, String name) {
        SimulatedGuest.Builder guest = SimulatedGuest.qemu(vmid, "vm")
                .running()
                .config("name", name)
                .pool(name)
                .tags("prod;" + vmid)
                .config("net0", "virtio=BC:24:11:00:00:%02X,bridge=vmbr0".formatted(vmid))
                .config("ipconfig0", "ip=10.0.0." + vmid + "/24,ip6=2001:db8::" + vmid + "/64");
        return name.equals("web-1")
                ? guest.config("net1", "virtio=BC:24:11:00:01:01,bridge=vmbr1").config("ipconfig1", "ip=10.0.1.1/24")
                : guest;
    }

    private static String name(JsonNode host) {
        return names.get(host.path("proxmox_vmid").asInt() - FIRST);
    }

    @Test
    void aSpreadsheetFindsAllTextsAndNoFormula() throws Exception {
        String csv = client.get("/export/hosts.csv").body();
        List<List<String>> rows = CsvReader.rows(csv);
        List<String> header = rows.get(0);
        assertThat(header).startsWith("id", "mac", "hostname", "ip_addresses");
        assertThat(rows).hasSize(names.size() + 2);
        for (List<String> row : rows.subList(1, rows.size())) {
            assertThat(row).hasSameSizeAs(header);
            String name = names.get(Integer.parseInt(row.get(header.indexOf("vmid"))) - FIRST);
            String cell = row.get(header.indexOf("hostname"));
            assertThat(cell).isEqualTo(name.matches("(?s)[=+@\t\r-].*") ? "'" + name : name);
            assertThat(row).noneMatch(text -> text.matches("(?s)[=+@\t\r-].*"));
        }
    }

    @Test
    void prometheusDiscoversEachRunningGuestOnce() throws Exception {
        Path promtool = Tool.find("promtool");
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(
                config,
                "scrape_configs:\n  - job_name: guests\n    http_sd_configs:\n      - url: http://127.0.0.1:"
                        + service.port() + "/export/prometheus-sd?port=9100&family=4\n");
        JsonNode targets = discovered(promtool, config);
        assertThat(targets).hasSize(names.size());
        for (JsonNode target : targets) {
            JsonNode labels = target.path("discoveredLabels");
            int vmid = labels.path("__meta_proxmox_vmid").asInt();
            assertThat(labels.path("__address__").asText()).isEqualTo("10.0.0." + vmid + ":9100");
            assertThat(labels.path("__meta_proxmox_tags").asText()).isEqualTo(",prod," + vmid + ",");
            if (names.get(vmid - FIRST).length() < 1000) {
                assertThat(labels.path("__meta_proxmox_name").asText()).isEqualTo(names.get(vmid - FIRST));
            }
        }
        JsonNode six = client.json("/export/prometheus-sd?family=6&name=web.example");
        assertThat(six.at("/0/targets/0").asText()).isEqualTo("[2001:db8::" + vmid("web.example.com") + "]");
        assertThat(client.json("/export/prometheus-sd?status=stopped")).isEmpty();
        assertThat(client.get("/export/prometheus-sd?port=x").statusCode()).isEqualTo(400);
        assertThat(client.get("/export/prometheus-sd?family=5").statusCode()).isEqualTo(400);
    }

    /** It always takes all the time that it may: most often little is enough. */
    private static JsonNode discovered(Path promtool, Path config) throws Exception {
        JsonNode targets = JSON.nullNode();
        for (String time : List.of("2s", "10s", "60s")) {
            targets = JSON.readTree(run(
                    promtool.toString(),
                    "check",
                    "service-discovery",
                    "--timeout=" + time,
                    config.toString(),
                    "guests"));
            if (!targets.isEmpty()) {
                break;
            }
        }
        return targets;
    }

    private static int vmid(String name) {
        return FIRST + names.indexOf(name);
    }

    @Test
    void ansibleReadsTheInventoryAndEvaluatesNothing() throws Exception {
        Path ansible = Tool.find("ansible-inventory");
        Path script = folder.resolve("inventory");
        Files.writeString(
                script,
                "#!/bin/sh\nexec " + Tool.find("curl") + " -fsS http://127.0.0.1:" + service.port()
                        + "/export/ansible\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        JsonNode inventory = JSON.readTree(run(ansible.toString(), "-i", script.toString(), "--list"));
        JsonNode variables = inventory.at("/_meta/hostvars");
        assertThat(variables).hasSize(names.size());
        for (JsonNode host : variables) {
            JsonNode name = host.path("proxmox_name");
            boolean template = name(host).matches("(?s).*\\{[{%#].*");
            assertThat(name.isObject()).as(name(host)).isEqualTo(template);
            assertThat(template ? name.path("__ansible_unsafe").asText() : name.asText())
                    .isEqualTo(name(host));
            assertThat(host.path("ansible_host").asText())
                    .isEqualTo("10.0.0." + host.path("proxmox_vmid").asInt());
        }
        Set<String> hosts = new HashSet<>();
        variables.fieldNames().forEachRemaining(hosts::add);
        assertThat(hosts)
                .allMatch(name -> name.matches("[A-Za-z0-9][A-Za-z0-9._-]*"))
                .contains("web.example.com", "same-" + vmid("same"), "same-" + (vmid("same") + 1))
                .doesNotContain("same", "all", "localhost", "proxmox_all_running");
        assertThat(inventory.at("/proxmox_all_running/hosts")).hasSize(names.size());
        assertThat(inventory.at("/proxmox_pve1_qemu/hosts")).hasSize(names.size());
        assertThat(inventory.at("/proxmox_pool_web_1/hosts/0").asText()).isEqualTo("web-1");
        assertThat(inventory.at("/proxmox_tag_prod/hosts")).hasSize(names.size());
    }

    @Test
    void aResolverGetsOnlyNamesThatNobodyElseHas() throws Exception {
        List<String> lines = client.get("/export/hosts?domain=lab.example.com")
                .body()
                .lines()
                .toList();
        assertThat(lines)
                .hasSize(2 * names.size() + 1)
                .allMatch(line ->
                        line.matches("[0-9a-f.:]+\t([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)\\.lab\\.example\\.com \\1"));
        List<String> plain = client.get("/export/hosts?family=4").body().lines().toList();
        assertThat(plain.stream().map(line -> line.split("\t")[1])).doesNotHaveDuplicates();
        assertThat(plain)
                .contains(
                        "10.0.0." + vmid("web-1") + "\tweb-1",
                        "10.0.0." + vmid("wpad") + "\tvm-" + vmid("wpad"),
                        "10.0.0." + vmid("localhost") + "\tvm-" + vmid("localhost"),
                        "10.0.0." + vmid("same") + "\tsame-" + vmid("same"),
                        "10.0.0." + vmid("web-1-net1") + "\tweb-1-net1",
                        "10.0.1.1\tweb-1-net1-" + vmid("web-1"));
        List<String> leases =
                client.get("/export/hosts?format=dnsmasq").body().lines().toList();
        assertThat(leases)
                .hasSize(names.size() + 1)
                .contains("dhcp-host=bc:24:11:00:00:%02x,10.0.0.%d,[2001:db8::%d],web-1"
                        .formatted(vmid("web-1"), vmid("web-1"), vmid("web-1")));
        assertThat(client.get("/export/hosts?domain=.x").statusCode()).isEqualTo(400);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return out;
    }
}
