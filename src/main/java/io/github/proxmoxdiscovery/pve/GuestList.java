package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.GuestType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The guests of a cluster, from {@code /cluster/resources?type=vm}, whose order means nothing.
 *
 * @param unreadable rows that name no guest
 */
public record GuestList(List<Guest> guests, int unreadable) {

    /**
     * The guest with this number and type; Proxmox gives a number to one guest at a time.
     *
     * @param notOn where it was not found: while it is migrated, it may be listed there as well
     */
    public Optional<Guest> find(GuestType type, long vmid, String notOn) {
        return guests.stream()
                .filter(guest -> guest.vmid() == vmid && guest.type() == type)
                .min(Comparator.comparing(guest -> guest.node().equals(notOn)));
    }

    public static GuestList parse(JsonNode rows) {
        List<Optional<Guest>> parsed = Json.elements(rows).map(Guest::parse).toList();
        List<Guest> guests = parsed.stream().flatMap(Optional::stream).toList();
        return new GuestList(guests, parsed.size() - guests.size());
    }
}
