package io.github.proxmoxdiscovery.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.host.IpAddress;
import io.github.proxmoxdiscovery.host.MacAddress;
import io.github.proxmoxdiscovery.pve.GuestConfig;
import io.github.proxmoxdiscovery.pve.GuestInterface;
import io.github.proxmoxdiscovery.pve.GuestInterface.Observed;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The interfaces that an agent told, as short as they can be kept. */
final class SeenInterfaces {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A guest that tells more than this is not remembered whole: what it says must not fill the memory. */
    private static final int MOST_INTERFACES = 64;

    private static final int MOST_ADDRESSES = 256;
    private static final int LONGEST_NAME = 64;

    private SeenInterfaces() {}

    /** Those that have the MAC of a configured one. */
    static List<GuestInterface> of(List<GuestInterface> interfaces, GuestConfig config) {
        String lines = String.join(" ", config.networkLines().values()).toLowerCase(Locale.ROOT);
        return interfaces.stream()
                .filter(seen ->
                        seen.mac().filter(mac -> lines.contains(mac.text())).isPresent())
                .limit(MOST_INTERFACES)
                .map(SeenInterfaces::shortened)
                .toList();
    }

    private static GuestInterface shortened(GuestInterface seen) {
        String name = seen.name().length() > LONGEST_NAME ? "" : seen.name();
        List<Observed> addresses = seen.addresses().stream()
                .filter(address -> address.address().isHost())
                .limit(MOST_ADDRESSES)
                .toList();
        return new GuestInterface(name, seen.mac(), addresses);
    }

    static String write(List<GuestInterface> interfaces) {
        ArrayNode array = JSON.createArrayNode();
        for (GuestInterface seen : interfaces) {
            ObjectNode object = array.addObject();
            object.put("name", seen.name());
            seen.mac().ifPresent(mac -> object.put("mac", mac.text()));
            ArrayNode addresses = object.putArray("ip");
            seen.addresses()
                    .forEach(address -> addresses.add(
                            address.address().text() + (address.prefix() == null ? "" : "/" + address.prefix())));
        }
        return array.toString();
    }

    static List<GuestInterface> read(String json) {
        List<GuestInterface> interfaces = new ArrayList<>();
        for (JsonNode object : tree(json)) {
            List<Observed> addresses = new ArrayList<>();
            object.path("ip").forEach(text -> observed(text.asText()).ifPresent(addresses::add));
            interfaces.add(new GuestInterface(
                    object.path("name").asText(),
                    MacAddress.parse(object.path("mac").asText()),
                    addresses));
        }
        return interfaces;
    }

    private static Optional<Observed> observed(String text) {
        int slash = text.indexOf('/');
        @Nullable Integer prefix = slash < 0 ? null : Integer.valueOf(text.substring(slash + 1));
        return IpAddress.parse(slash < 0 ? text : text.substring(0, slash)).map(ip -> new Observed(ip, prefix));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
