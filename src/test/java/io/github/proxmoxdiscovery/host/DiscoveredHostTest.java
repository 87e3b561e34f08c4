package io.github.proxmoxdiscovery.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.host.DiscoveredHost.Address;
import io.github.proxmoxdiscovery.host.DiscoveredHost.GuestFacts;
import io.github.proxmoxdiscovery.host.DiscoveredHost.NetworkInterface;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscoveredHostTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void writesEveryKeyInTheOrderOfTheContract() throws JsonProcessingException {
        DiscoveredHost host = new DiscoveredHost(
                new HostId("lab", GuestType.QEMU, 101, "net0"),
                new MacAddress("bc:24:11:aa:bb:01"),
                "web-1",
                Instant.parse("2026-11-23T12:00:03.120999Z"),
                "019ab000-0000-7000-8000-000000000001",
                new GuestFacts(
                        "pve1",
                        "web-1",
                        "2f3c1c8e-0000-4000-8000-000000000001",
                        "running",
                        false,
                        List.of("prod", "web"),
                        "shop",
                        "l26"),
                new NetworkInterface(
                        "eth0", "virtio", "vmbr0", 20, null, true, false, null, List.of("eth0", "eth0.20")),
                List.of(new Address(
                        IpAddress.parse("10.0.0.11").orElseThrow(),
                        24,
                        AddressSource.AGENT,
                        Instant.parse("2026-11-23T12:00:03.18Z"),
                        false)),
                AgentState.OK,
                Instant.parse("2026-11-23T12:00:03.18Z"),
                List.of());

        String json = JSON.writeValueAsString(host.toMap());

        String expected = """
                {"id":"lab/qemu/101/net0","mac":"bc:24:11:aa:bb:01","hostname":"web-1","ip_addresses":["10.0.0.11"],\
                "source":"proxmox","switch_port":null,"schema_version":1,"observed_at":"2026-11-23T12:00:03.120Z",\
                "run_id":"019ab000-0000-7000-8000-000000000001","generation":null,"revision":null,"proxmox":{\
                "cluster":"lab","node":"pve1","type":"qemu","vmid":101,"name":"web-1",\
                "guest_uuid":"2f3c1c8e-0000-4000-8000-000000000001","status":"running","template":false,\
                "tags":["prod","web"],"pool":"shop","os_type":"l26","interface":{"key":"net0","name":"eth0",\
                "model":"virtio","bridge":"vmbr0","vlan":20,"trunks":null,"firewall":true,"link_down":false,"mtu":null,\
                "guest_interfaces":["eth0","eth0.20"]},"addresses":[{"address":"10.0.0.11","prefix":24,\
                "source":"agent","observed_at":"2026-11-23T12:00:03.180Z","stale":false}],"agent":"ok",\
                "agent_checked_at":"2026-11-23T12:00:03.180Z","notes":[]}}""";
        assertThat(json).isEqualTo(expected);
        MessageSchema.validate(json);
    }

    @Test
    void aRouteFileMayChangeTheMessageWithoutChangingTheHost() {
        DiscoveredHost host = bare();
        Map<String, Object> message = host.toMap();
        ((List<?>) message.get("ip_addresses")).clear();
        message.put("site", "bonn");
        ((Map<?, ?>) message.get("proxmox")).remove("node");
        assertThat(host.toMap()).doesNotContainKey("site").isEqualTo(bare().toMap());
    }

    @Test
    void aHostOfWhichNothingIsKnownHasEveryKeyToo() throws JsonProcessingException {
        MessageSchema.validate(JSON.writeValueAsString(bare().toMap()));
    }

    @Test
    void guestsAreCalledByTheirNumberIfTheyHaveNoName() {
        assertThat(GuestType.QEMU.nameOf(101)).isEqualTo("vm-101");
        assertThat(GuestType.LXC.nameOf(300)).isEqualTo("ct-300");
        assertThat(GuestType.of("qemu")).contains(GuestType.QEMU);
        assertThat(GuestType.of("lxc")).contains(GuestType.LXC);
        assertThat(GuestType.of("QEMU")).isEmpty();
        assertThat(GuestType.of("openvz")).isEmpty();
    }

    private static DiscoveredHost bare() {
        return new DiscoveredHost(
                new HostId("lab", GuestType.LXC, 999999999, "net31"),
                new MacAddress("bc:24:11:aa:bb:01"),
                "ct-999999999",
                Instant.EPOCH,
                "019ab000-0000-7000-8000-000000000001",
                new GuestFacts("pve1", null, null, "unknown", false, List.of(), null, null),
                new NetworkInterface(null, null, null, null, null, null, null, null, List.of()),
                List.of(),
                AgentState.OFF,
                null,
                List.of(Reason.STATUS_UNKNOWN));
    }
}
