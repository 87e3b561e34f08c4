package io.github.proxmoxdiscovery.host;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One network interface of one guest, as the message tells it (docs/reference/message.md).
 *
 * @param hostname the configured name of the guest, else {@code vm-<vmid>} or {@code ct-<vmid>}
 * @param observedAt when the guest's config was read
 * @param guest the guest that has the interface
 * @param addresses those of this interface, sorted, each once
 * @param agentCheckedAt when the agent or runtime was asked, or null if it was not
 * @param notes words of the closed list, each once
 */
public record DiscoveredHost(
        HostId id,
        MacAddress mac,
        String hostname,
        Instant observedAt,
        String runId,
        GuestFacts guest,
        NetworkInterface networkInterface,
        List<Address> addresses,
        AgentState agent,
        @Nullable Instant agentCheckedAt,
        List<Reason> notes) {

    /** The version of the message's form. */
    public static final int SCHEMA_VERSION = 1;

    static final String SOURCE = "proxmox";

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** An instant as the message has it: UTC, milliseconds. */
    public static String text(Instant instant) {
        return INSTANT.format(instant);
    }

    /**
     * What is known of the guest as a whole.
     *
     * @param name the configured name, or null
     * @param guestUuid SMBIOS UUID, else the VM generation id, else null
     * @param status as Proxmox says: {@code running}, {@code stopped}, {@code unknown} …
     * @param osType as configured: {@code l26}, {@code win11}, {@code debian} …
     */
    public record GuestFacts(
            String node,
            @Nullable String name,
            @Nullable String guestUuid,
            String status,
            boolean template,
            List<String> tags,
            @Nullable String pool,
            @Nullable String osType) {}

    /**
     * What is configured for the interface.
     *
     * @param name the name inside the guest, or null if it is not known
     * @param model the emulated card, or null for a container
     * @param vlan 1 to 4094, or null
     * @param trunks the configured string, or null
     * @param firewall null if the line says nothing that makes sense
     * @param linkDown null if the line says nothing that makes sense
     * @param mtu bytes as configured (1 = that of the bridge), or null
     * @param guestInterfaces the guest's own names of the interfaces with this MAC
     */
    public record NetworkInterface(
            @Nullable String name,
            @Nullable String model,
            @Nullable String bridge,
            @Nullable Integer vlan,
            @Nullable String trunks,
            @Nullable Boolean firewall,
            @Nullable Boolean linkDown,
            @Nullable Integer mtu,
            List<String> guestInterfaces) {}

    /**
     * An address of the interface.
     *
     * @param prefix bits, or null if it is not known
     * @param observedAt when its source said so
     * @param stale whether its source could not be asked since
     */
    public record Address(
            IpAddress address, @Nullable Integer prefix, AddressSource source, Instant observedAt, boolean stale) {

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("address", address.text());
            map.put("prefix", prefix);
            map.put("source", source.text());
            map.put("observed_at", text(observedAt));
            map.put("stale", stale);
            return map;
        }
    }

    /** The message: every key of it, in its order, in maps and lists that may be changed. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id.text());
        map.put("mac", mac.text());
        map.put("hostname", hostname);
        map.put("ip_addresses", Lists.of(addresses, address -> address.address().text()));
        map.put("source", SOURCE);
        map.put("switch_port", null);
        map.put("schema_version", SCHEMA_VERSION);
        map.put("observed_at", text(observedAt));
        map.put("run_id", runId);
        map.put("generation", null);
        map.put("revision", null);
        map.put("proxmox", proxmox());
        return map;
    }

    private Map<String, Object> proxmox() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cluster", id.cluster());
        map.put("node", guest.node());
        map.put("type", id.type().text());
        map.put("vmid", id.vmid());
        map.put("name", guest.name());
        map.put("guest_uuid", guest.guestUuid());
        map.put("status", guest.status());
        map.put("template", guest.template());
        map.put("tags", Lists.of(guest.tags(), tag -> tag));
        map.put("pool", guest.pool());
        map.put("os_type", guest.osType());
        map.put("interface", interfaceMap());
        map.put("addresses", Lists.of(addresses, Address::toMap));
        map.put("agent", agent.text());
        map.put("agent_checked_at", agentCheckedAt == null ? null : text(agentCheckedAt));
        map.put("notes", Lists.of(notes, Reason::name));
        return map;
    }

    private Map<String, Object> interfaceMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("key", id.key());
        map.put("name", networkInterface.name());
        map.put("model", networkInterface.model());
        map.put("bridge", networkInterface.bridge());
        map.put("vlan", networkInterface.vlan());
        map.put("trunks", networkInterface.trunks());
        map.put("firewall", networkInterface.firewall());
        map.put("link_down", networkInterface.linkDown());
        map.put("mtu", networkInterface.mtu());
        map.put("guest_interfaces", Lists.of(networkInterface.guestInterfaces(), name -> name));
        return map;
    }
}
