package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.GuestType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The live config of a guest, as far as it concerns us.
 *
 * @param name the configured name, or null
 * @param networkLines by number, 0 to 31
 * @param ipConfigs static addresses of cloud-init, by number
 * @param agentEnabled whether a QEMU guest agent is to be asked
 * @param tags null if the config says nothing of tags
 * @param guestUuid SMBIOS UUID, else the VM generation id, else null
 * @param digest SHA-1 of the file of the guest, or null: it changes with every change of the config
 */
public record GuestConfig(
        @Nullable String name,
        SortedMap<Integer, String> networkLines,
        Map<Integer, List<Cidr>> ipConfigs,
        boolean agentEnabled,
        boolean template,
        @Nullable String lock,
        @Nullable List<String> tags,
        @Nullable String osType,
        @Nullable String guestUuid,
        @Nullable String digest) {

    private static final Pattern NUMBERED = Pattern.compile("(net|ipconfig)([0-9]|[12][0-9]|3[01])");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** @param data what the config call gives: an object */
    public static GuestConfig parse(GuestType type, JsonNode data) {
        boolean qemu = type == GuestType.QEMU;
        String tags = Json.text(data, "tags");
        return new GuestConfig(
                Json.text(data, qemu ? "name" : "hostname"),
                new TreeMap<>(numbered(data, "net")),
                qemu ? ipConfigs(data) : Map.of(),
                qemu && isAgentEnabled(Json.text(data, "agent")),
                Json.flag(data, "template"),
                Json.text(data, "lock"),
                tags == null ? null : Json.tags(tags),
                Json.text(data, "ostype"),
                uuid(data),
                Json.text(data, "digest"));
    }

    private static Map<Integer, String> numbered(JsonNode data, String prefix) {
        Map<Integer, String> lines = new LinkedHashMap<>();
        data.properties().forEach(field -> {
            Matcher key = NUMBERED.matcher(field.getKey());
            if (key.matches() && key.group(1).equals(prefix) && field.getValue().isTextual()) {
                lines.put(Integer.valueOf(key.group(2)), field.getValue().textValue());
            }
        });
        return lines;
    }

    private static Map<Integer, List<Cidr>> ipConfigs(JsonNode data) {
        Map<Integer, List<Cidr>> configs = new LinkedHashMap<>();
        numbered(data, "ipconfig").forEach((number, line) -> configs.put(number, IpConfig.addresses(line)));
        return configs;
    }

    /** {@code agent} is a property string whose bare value is {@code enabled} (PVE/QemuServer/Agent.pm). */
    private static boolean isAgentEnabled(@Nullable String agent) {
        return agent != null
                && PropertyString.parse(agent, "enabled")
                        .get("enabled")
                        .flatMap(PropertyString::bool)
                        .orElse(false);
    }

    private static @Nullable String uuid(JsonNode data) {
        String smbios = Json.text(data, "smbios1");
        Optional<String> uuid =
                smbios == null ? Optional.empty() : PropertyString.parse(smbios).get("uuid");
        return Stream.of(uuid, Optional.ofNullable(Json.text(data, "vmgenid")))
                .flatMap(Optional::stream)
                .filter(text -> UUID.matcher(text).matches())
                .map(text -> text.toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse(null);
    }
}
