package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.IpAddress;
import io.github.proxmoxdiscovery.host.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An interface as the guest itself sees it.
 *
 * @param name the guest's name of it
 * @param mac empty for tunnels and the like, which have none
 */
public record GuestInterface(String name, Optional<MacAddress> mac, List<Observed> addresses) {

    /**
     * An address that is in use.
     *
     * @param prefix bits, or null if the guest does not tell
     */
    public record Observed(IpAddress address, @Nullable Integer prefix) {}

    /** Both of {@code hardware-address} and {@code hwaddr}, both of {@code ip-addresses} and {@code inet}/{@code inet6}. */
    static Optional<GuestInterface> parse(JsonNode row) {
        if (!row.isObject()) {
            return Optional.empty();
        }
        String name = Json.text(row, "name");
        String mac = Json.text(row, "hardware-address");
        String text = mac == null ? Json.text(row, "hwaddr") : mac;
        return Optional.of(new GuestInterface(
                name == null ? "" : MojibakeRepair.repair(name),
                text == null ? Optional.empty() : MacAddress.parse(text),
                addresses(row)));
    }

    private static List<Observed> addresses(JsonNode row) {
        List<Observed> observed = new ArrayList<>();
        Json.elements(row.path("ip-addresses"))
                .map(GuestInterface::observed)
                .flatMap(Optional::stream)
                .forEach(observed::add);
        if (observed.isEmpty()) {
            // Before pve-container 5.2.6 there is only the last address of each family.
            Stream.of("inet", "inet6")
                    .flatMap(key -> Stream.ofNullable(Json.text(row, key)))
                    .map(GuestInterface::withPrefix)
                    .flatMap(Optional::stream)
                    .forEach(observed::add);
        }
        return observed;
    }

    private static Optional<Observed> observed(JsonNode address) {
        String text = Json.text(address, "ip-address");
        return text == null
                ? Optional.empty()
                : IpAddress.parse(text).map(ip -> new Observed(ip, prefix(ip, Json.text(address, "prefix"))));
    }

    private static Optional<Observed> withPrefix(String text) {
        int slash = text.indexOf('/');
        String prefix = slash < 0 ? null : text.substring(slash + 1);
        return IpAddress.parse(slash < 0 ? text : text.substring(0, slash))
                .map(ip -> new Observed(ip, prefix(ip, prefix)));
    }

    /** Windows gives -1 for what it does not know. */
    private static @Nullable Integer prefix(IpAddress address, @Nullable String text) {
        if (text == null || !text.matches("\\d{1,3}")) {
            return null;
        }
        int prefix = Integer.parseInt(text);
        return prefix <= address.bits() ? prefix : null;
    }
}
