package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.HostAssembler.Assembly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Reads property strings as Proxmox's own parsers do; their verdicts are recorded outside of this project. */
class GrammarCasesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SHARED =
            Path.of(System.getProperty("basedir", System.getProperty("user.dir")), "..", "shared");
    private static final int FEWEST_ROWS = 200;

    private static final Pattern UNICAST = Pattern.compile("[0-9a-fA-F][02468aceACE](:[0-9a-fA-F]{2}){5}");
    private static final Pattern HWADDR = Pattern.compile("(?:^|,)hwaddr=(" + UNICAST + ")(?:,|$)");

    @TestFactory
    Stream<DynamicTest> readsEveryStringAsProxmoxDoes() throws IOException {
        assumeTrue(Files.isDirectory(SHARED), "the recorded verdicts are not beside this checkout");
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(SHARED.resolve("proxmox").resolve("grammar-cases.jsonl"))) {
            rows.add(JSON.readTree(line));
        }
        assertThat(rows).hasSizeGreaterThanOrEqualTo(FEWEST_ROWS);
        System.out.println("GrammarCasesTest: " + rows.size() + " rows used");
        return rows.stream().map(row -> DynamicTest.dynamicTest(name(row), () -> check(row)));
    }

    private static String name(JsonNode row) {
        return text(row, "type") + " " + text(row, "key") + ": " + text(row, "value");
    }

    private static void check(JsonNode row) {
        switch (text(row, "key").replaceAll("\\d", "")) {
            case "net" -> net(row);
            case "ipconfig" -> ipConfig(row);
            case "agent" -> agent(row);
            case "name" -> name(row, assemble(row, "virtio=BC:24:11:00:00:01"));
            case "tags" -> tags(row, assemble(row, "virtio=BC:24:11:00:00:01"));
            default -> throw new AssertionError("nobody checks the key " + text(row, "key"));
        }
    }

    private static void net(JsonNode row) {
        switch (text(row, "config_line")) {
            case "kept" -> acceptedNet(row);
            case "kept-invalid" -> invalidNetOfAContainer(row);
            default -> rejectedNet(row);
        }
    }

    private static void acceptedNet(JsonNode row) {
        JsonNode parsed = row.path("parsed");
        String mac = text(parsed, type(row) == GuestType.QEMU ? "macaddr" : "hwaddr");
        Assembly assembly = assemble(row, null);
        compareLine(NetLine.parse(type(row), text(row, "config_value")), parsed);
        assertThat(reasons(assembly)).doesNotContain(Reason.BAD_NET_LINE);
        if (mac == null) {
            assertThat(assembly.hosts()).isEmpty();
            assertThat(reasons(assembly)).containsExactly(Reason.NO_MAC);
        } else {
            assertThat(assembly.findings()).isEmpty();
            DiscoveredHost host = onlyHost(assembly);
            assertThat(host.mac().text()).isEqualTo(mac.toLowerCase(Locale.ROOT));
            assertThat(host.id().key()).isEqualTo(text(row, "key"));
            assertThat(host.notes()).isEmpty();
            compareHost(host, parsed);
        }
    }

    private static void compareLine(NetLine line, JsonNode parsed) {
        assertThat(line.bad()).isEmpty();
        assertThat(line.bridge()).isEqualTo(text(parsed, "bridge"));
        assertThat(line.vlan()).isEqualTo(number(parsed, "tag"));
        assertThat(line.trunks()).isEqualTo(text(parsed, "trunks"));
        assertThat(line.firewall()).isEqualTo(parsed.path("firewall").asInt() == 1);
        assertThat(line.linkDown()).isEqualTo(parsed.path("link_down").asInt() == 1);
        assertThat(line.mtu()).isEqualTo(number(parsed, "mtu"));
        assertThat(line.model()).isEqualTo(text(parsed, "model"));
        assertThat(line.name()).isEqualTo(text(parsed, "name"));
        assertThat(line.addresses().stream().map(cidr -> cidr.address() + "/" + cidr.prefix()))
                .containsExactlyElementsOf(staticAddresses(parsed));
    }

    private static void compareHost(DiscoveredHost host, JsonNode parsed) {
        assertThat(host.networkInterface().bridge()).isEqualTo(text(parsed, "bridge"));
        assertThat(host.networkInterface().vlan()).isEqualTo(number(parsed, "tag"));
        assertThat(host.networkInterface().trunks()).isEqualTo(text(parsed, "trunks"));
        assertThat(host.networkInterface().firewall())
                .isEqualTo(parsed.path("firewall").asInt() == 1);
        assertThat(host.networkInterface().linkDown())
                .isEqualTo(parsed.path("link_down").asInt() == 1);
        assertThat(host.networkInterface().mtu()).isEqualTo(number(parsed, "mtu"));
        assertThat(host.networkInterface().model()).isEqualTo(text(parsed, "model"));
        assertThat(host.networkInterface().name()).isEqualTo(text(parsed, "name"));
        assertThat(addresses(host)).containsExactlyElementsOf(staticAddresses(parsed));
    }

    private static void invalidNetOfAContainer(JsonNode row) {
        Matcher hwaddr = HWADDR.matcher(text(row, "config_value"));
        Assembly assembly = assemble(row, null);
        if (hwaddr.find()) {
            DiscoveredHost host = onlyHost(assembly);
            assertThat(host.mac().text()).isEqualTo(hwaddr.group(1).toLowerCase(Locale.ROOT));
            assertThat(host.notes()).containsExactly(Reason.BAD_NET_LINE);
        } else {
            assertThat(assembly.hosts()).isEmpty();
        }
        assertThat(reasons(assembly)).containsExactly(Reason.BAD_NET_LINE);
    }

    /** Proxmox drops such a line, so it is never handed on; if it were, it must do no harm. */
    private static void rejectedNet(JsonNode row) {
        assertThat(assemble(row, null).hosts())
                .allSatisfy(host -> assertThat(host.mac().text()).matches(UNICAST));
    }

    private static void ipConfig(JsonNode row) {
        String number = text(row, "key").replace("ipconfig", "");
        ObjectNode config = config(row).put("net" + number, "virtio=BC:24:11:00:00:01");
        DiscoveredHost host = onlyHost(assemble(GuestType.QEMU, config));
        if ("kept".equals(text(row, "config_line"))) {
            boolean hasVerdict = row.path("ok").booleanValue();
            assertThat(hasVerdict || !text(row, "value").contains("/")).isTrue();
            assertThat(addresses(host)).containsExactlyElementsOf(staticAddresses(row.path("parsed")));
        }
    }

    private static void agent(JsonNode row) {
        boolean enabled = GuestConfig.parse(GuestType.QEMU, config(row)).agentEnabled();
        if ("kept".equals(text(row, "config_line"))) {
            assertThat(enabled).isEqualTo(row.path("parsed").path("enabled").asInt() == 1);
        }
    }

    private static void name(JsonNode row, Assembly assembly) {
        assertThat(onlyHost(assembly).hostname()).isEqualTo(text(row, "value"));
    }

    private static void tags(JsonNode row, Assembly assembly) {
        List<String> tags = new ArrayList<>();
        row.path("parsed").forEach(tag -> tags.add(tag.textValue()));
        assertThat(onlyHost(assembly).guest().tags()).isEqualTo(tags);
    }

    private static Assembly assemble(JsonNode row, String net0) {
        ObjectNode config = config(row);
        return assemble(type(row), net0 == null ? config : config.put("net0", net0));
    }

    private static Assembly assemble(GuestType type, JsonNode config) {
        Guest guest = new Guest(101, type, "pve1", "stopped", false, List.of(), null, null, null, null);
        return HostAssembler.assemble(new GuestReading(
                "lab",
                "019ab000-0000-7000-8000-000000000001",
                Instant.EPOCH,
                guest,
                GuestConfig.parse(type, config),
                AgentReply.off(),
                null,
                null,
                true,
                Set.of()));
    }

    private static ObjectNode config(JsonNode row) {
        String kept = text(row, "config_value");
        return JSON.createObjectNode().put(text(row, "key"), kept == null ? text(row, "value") : kept);
    }

    private static GuestType type(JsonNode row) {
        return GuestType.of(text(row, "type")).orElseThrow();
    }

    private static DiscoveredHost onlyHost(Assembly assembly) {
        assertThat(assembly.hosts()).hasSize(1);
        return assembly.hosts().get(0);
    }

    private static List<Reason> reasons(Assembly assembly) {
        return assembly.findings().stream().map(HostAssembler.Finding::reason).toList();
    }

    private static List<String> addresses(DiscoveredHost host) {
        return host.addresses().stream()
                .map(address -> address.address() + "/" + address.prefix())
                .toList();
    }

    private static List<String> staticAddresses(JsonNode parsed) {
        return Stream.of("ip", "ip6")
                .flatMap(key -> Stream.ofNullable(text(parsed, key)))
                .filter(text -> text.contains("/"))
                .toList();
    }

    private static String text(JsonNode row, String key) {
        return row.path(key).textValue();
    }

    private static Integer number(JsonNode row, String key) {
        return row.has(key) ? Integer.valueOf(row.get(key).asText()) : null;
    }
}
