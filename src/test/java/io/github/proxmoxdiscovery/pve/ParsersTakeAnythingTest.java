package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.IpAddress;
import io.github.proxmoxdiscovery.host.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No input makes a parser throw or hang; what it makes of it keeps its word. */
class ParsersTakeAnythingTest {

    static final String SEED = "20261124";

    private static final int LONG = 100_000;

    @Property(seed = SEED)
    void anyTextIsReadOrRefused(@ForAll("texts") String text) {
        readText(text);
    }

    @Property(seed = SEED)
    void anyJsonIsReadOrRefused(@ForAll("json") JsonNode json) {
        readJson(json);
    }

    /** Texts on which a careless regular expression overflows the stack or takes a time that grows with the square. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1;",
                "1-2;",
                "9",
                "1.",
                "e1",
                "a.",
                "-",
                "::",
                "ab:",
                ",",
                "=",
                "a=b,",
                ";",
                " ",
                "\u00c3\u00a9",
                "%",
                "/"
            })
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLongTextIsReadInItsTime(String piece) {
        String text = piece.repeat(LONG / piece.length());
        readText(text);
        readText(text + "x");
        for (String key : new String[] {"trunks", "rate", "tag", "mtu", "bridge", "name", "ip", "gw6", "hwaddr"}) {
            readText("name=eth0," + key + "=" + text);
            readText("virtio=BC:24:11:00:00:01," + key + "=" + text + "x");
        }
    }

    @ParameterizedTest
    @EnumSource
    void trunksMayBeAsManyAsThereAreVlans(GuestType type) {
        StringBuilder all = new StringBuilder("1");
        for (int vlan = 2; vlan <= 4094; vlan++) {
            all.append(';').append(vlan);
        }
        String line = type == GuestType.QEMU ? "virtio=BC:24:11:00:00:01" : "name=eth0,hwaddr=BC:24:11:00:00:01";
        assertThat(NetLine.parse(type, line + ",trunks=" + all).trunks()).isEqualTo(all.toString());
    }

    @Property(seed = SEED)
    void anAddressThatIsReadIsReadFromItsOwnTextAgain(@ForAll("texts") String text) {
        IpAddress.parse(text)
                .ifPresent(
                        address -> assertThat(IpAddress.parse(address.text())).contains(address));
        MacAddress.parse(text)
                .ifPresent(mac -> assertThat(MacAddress.parse(mac.text())).contains(mac));
        Cidr.parse(text)
                .ifPresent(cidr -> assertThat(Cidr.parse(cidr.address() + "/" + cidr.prefix()))
                        .contains(cidr));
    }

    @Property(seed = SEED)
    void whatIsEncodedTwiceIsRepaired(@ForAll @StringLength(max = 40) String text) {
        String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String twice = new String(valid.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(MojibakeRepair.repair(twice)).isEqualTo(valid);
    }

    @Property(seed = SEED)
    void rowsThatMakeNoSenseDoNotChangeTheGuestsBesideThem(@ForAll("json") JsonNode junk) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        JsonNode guest = json.objectNode()
                .setAll(Map.of(
                        "vmid", json.numberNode(101),
                        "type", json.textNode("qemu"),
                        "node", json.textNode("pve1"),
                        "status", json.textNode("running")));
        GuestList alone = GuestList.parse(json.arrayNode().add(guest));
        GuestList beside = GuestList.parse(json.arrayNode().add(junk).add(guest).add(junk));
        assertThat(beside.guests()).containsAll(alone.guests());
    }

    static void readText(String text) {
        assertThatCode(() -> {
                    PropertyString.parse(text);
                    PropertyString.parse(text, "enabled").get("enabled").flatMap(PropertyString::bool);
                    NetLine.parse(GuestType.QEMU, text);
                    NetLine.parse(GuestType.LXC, text);
                    IpConfig.addresses(text);
                    Cidr.parse(text);
                    IpAddress.parse(text);
                    MacAddress.parse(text);
                    MojibakeRepair.repair(text);
                    Json.tags(text);
                    Node.isName(text);
                    PveFailure.ofStatus(500, text);
                    AgentReply.ofFailure(500, text);
                })
                .doesNotThrowAnyException();
    }

    static void readJson(JsonNode json) {
        assertThatCode(() -> {
                    GuestConfig.parse(GuestType.QEMU, json);
                    GuestConfig.parse(GuestType.LXC, json);
                    AgentReply.ofQemu(json);
                    AgentReply.ofLxc(json);
                    GuestInterface.parse(json);
                    GuestList.parse(json);
                    Node.parseList(json);
                    NodeGuestStatus.parse(json);
                    Permissions permissions = Permissions.parse(json);
                    permissions.anywhere("VM.Audit");
                    permissions.onGuests("VM.Audit");
                    permissions.onPool("shop", "Pool.Audit");
                })
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyText.text();
    }

    @Provide
    Arbitrary<JsonNode> json() {
        return AnyJson.value();
    }
}
