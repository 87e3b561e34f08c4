package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.proxmoxdiscovery.host.AddressSource;
import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.IpAddress;
import io.github.proxmoxdiscovery.host.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for the hosts of any guest, whatever its config and its agent say. */
class HostPropertiesTest {

    private static final String SEED = ParsersTakeAnythingTest.SEED;
    private static final Instant TIME = Instant.parse("2026-11-23T12:00:00Z");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String MAC = "bc:24:11:00:00:01";

    @Property(seed = SEED)
    void everyHostHasTheUnicastMacOfItsLineInLowerCase(
            @ForAll GuestType type, @ForAll("configs") JsonNode config, @ForAll("agents") JsonNode agent) {
        for (DiscoveredHost host : assemble(type, config, agent)) {
            String line = config.get(host.id().key()).textValue();
            assertThat(host.mac().text()).matches("[0-9a-f][02468ace](:[0-9a-f]{2}){5}");
            assertThat(line.toLowerCase(Locale.ROOT)).contains(host.mac().text());
            assertThat(host.id().key()).matches("net([0-9]|[12][0-9]|3[01])");
        }
    }

    @Property(seed = SEED)
    void addressesAreSortedUniqueAndThoseOfHosts(
            @ForAll GuestType type, @ForAll("configs") JsonNode config, @ForAll("agents") JsonNode agent) {
        for (DiscoveredHost host : assemble(type, config, agent)) {
            List<IpAddress> addresses = host.addresses().stream()
                    .map(DiscoveredHost.Address::address)
                    .toList();
            assertThat(addresses).doesNotHaveDuplicates().isSorted().hasSizeLessThanOrEqualTo(256);
            assertThat(addresses).allMatch(IpAddress::isHost).noneMatch(IpAddress::isLinkLocal);
            assertThat(addresses).extracting(IpAddress::text).allSatisfy(HostPropertiesTest::assertRfc5952);
        }
    }

    @Property(seed = SEED)
    void anAddressOfTheAgentStandsInItsAnswerAndOtherwiseInTheConfig(
            @ForAll GuestType type, @ForAll("configs") JsonNode config, @ForAll("agents") JsonNode agent) {
        for (DiscoveredHost host : assemble(type, config, agent)) {
            assertThat(host.addresses()).allSatisfy(address -> {
                boolean configured = address.source() == AddressSource.CONFIG;
                assertThat(GivenAddresses.in(configured ? config : agent)).contains(address.address());
            });
        }
    }

    @Property(seed = SEED)
    void noLineChangesWhatIsMadeOfAnother(
            @ForAll GuestType type, @ForAll("lines") String other, @ForAll("agents") JsonNode agent) {
        JsonNode alone = JSON.objectNode().put("net0", line(type));
        JsonNode beside = JSON.objectNode().put("net0", line(type)).put("net1", other);
        assertThat(assemble(type, beside, agent)).containsAll(assemble(type, alone, agent));
        assertThat(assemble(type, alone, agent)).hasSize(1);
    }

    @Property(seed = SEED)
    void theSameReadingGivesTheSameHosts(
            @ForAll GuestType type, @ForAll("configs") JsonNode config, @ForAll("agents") JsonNode agent) {
        assertThat(assemble(type, config.deepCopy(), agent.deepCopy())).isEqualTo(assemble(type, config, agent));
    }

    private static String line(GuestType type) {
        return type == GuestType.QEMU ? "virtio=" + MAC : "name=eth0,hwaddr=" + MAC;
    }

    static List<DiscoveredHost> assemble(GuestType type, JsonNode config, JsonNode agent) {
        Guest guest = new Guest(101, type, "pve1", "running", false, List.of(), null, null, null, null);
        AgentReply reply = type == GuestType.QEMU ? AgentReply.ofQemu(agent) : AgentReply.ofLxc(agent.path("result"));
        return HostAssembler.assemble(new GuestReading(
                        "lab",
                        "run",
                        TIME,
                        guest,
                        GuestConfig.parse(type, config),
                        reply,
                        TIME,
                        null,
                        false,
                        Set.<Reason>of()))
                .hosts();
    }

    private static void assertRfc5952(String text) {
        assertThat(text).isEqualTo(text.toLowerCase(Locale.ROOT)).doesNotContain("%", "/");
        if (text.contains(":")) {
            assertThat(text).doesNotContainPattern("(^|:)0[0-9a-f]").doesNotContainPattern("::.*::");
            assertThat(text.contains("::") || !text.matches("(.*:)?0:0(:.*)?"))
                    .as("a run of zeros is left out in " + text)
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<String> lines() {
        return AnyText.text();
    }

    @Provide
    Arbitrary<JsonNode> configs() {
        return AnyJson.config();
    }

    /** Interfaces, half of them with the MAC of the lines above, and now and then anything else. */
    @Provide
    Arbitrary<JsonNode> agents() {
        Arbitrary<JsonNode> rows = Combinators.combine(
                        Arbitraries.of(MAC, "BC:24:11:00:00:01", "bc:24:11:aa:bb:cc", "x"),
                        AnyAddress.text().list().ofMaxSize(6))
                .as(HostPropertiesTest::row);
        Arbitrary<JsonNode> answers = rows.list()
                .ofMaxSize(4)
                .map(all -> JSON.objectNode().set("result", JSON.arrayNode().addAll(all)));
        return Arbitraries.oneOf(answers, answers, AnyJson.value());
    }

    private static JsonNode row(String mac, List<String> addresses) {
        var list = JSON.arrayNode();
        addresses.forEach(
                address -> list.add(JSON.objectNode().put("ip-address", address).put("prefix", 24)));
        return JSON.objectNode()
                .put("name", "eth0")
                .put("hardware-address", mac)
                .set("ip-addresses", list);
    }
}
