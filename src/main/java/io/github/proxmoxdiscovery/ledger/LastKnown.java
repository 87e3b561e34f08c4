package io.github.proxmoxdiscovery.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * What a run was not told stays as it was known: the addresses while an agent is silent, the pool while it must not be
 * seen, the status while nobody knows it. That is not a change.
 */
final class LastKnown {

    private static final Set<String> OBSERVED = Set.of("agent", "lxc");
    private static final Set<String> CONCLUSIVE = Set.of("ok", "off");

    private LastKnown() {}

    /**
     * Fills in what is not told now.
     *
     * @return whether there was anything to fill in
     */
    static boolean fillIn(ObjectNode before, ObjectNode now) {
        if (!(before.get("proxmox") instanceof ObjectNode old) || !(now.get("proxmox") instanceof ObjectNode current)) {
            return false;
        }
        boolean pool = hasNote(current, "POOL_UNKNOWN") && keep("pool", old, current);
        boolean status = "unknown".equals(current.path("status").asText()) && keep("status", old, current);
        boolean addresses = isNotTold(before, old, now, current);
        if (addresses) {
            keepAddresses(before, old, now, current);
        }
        return pool | status | addresses;
    }

    private static boolean keep(String key, ObjectNode before, ObjectNode now) {
        JsonNode value = before.get(key);
        if (value == null || value.equals(now.get(key))) {
            return false;
        }
        now.set(key, value);
        return true;
    }

    private static boolean isNotTold(ObjectNode before, ObjectNode old, ObjectNode now, ObjectNode current) {
        boolean asked = current.hasNonNull("agent")
                && !CONCLUSIVE.contains(current.path("agent").asText());
        return asked
                && before.path("mac").equals(now.path("mac"))
                && isObserved(old.path("addresses"))
                && !isObserved(current.path("addresses"));
    }

    private static boolean isObserved(JsonNode addresses) {
        for (JsonNode address : addresses) {
            if (OBSERVED.contains(address.path("source").asText())) {
                return true;
            }
        }
        return false;
    }

    private static void keepAddresses(ObjectNode before, ObjectNode old, ObjectNode now, ObjectNode current) {
        keep("ip_addresses", before, now);
        current.set("addresses", old.path("addresses").deepCopy());
        markStale(current);
        if (old.get("interface") instanceof ObjectNode known && current.get("interface") instanceof ObjectNode seen) {
            List.of("name", "guest_interfaces").forEach(key -> keep(key, known, seen));
        }
    }

    /** Says of the addresses that nobody could be asked for them since. */
    static void markStale(ObjectNode proxmox) {
        for (JsonNode address : proxmox.path("addresses")) {
            if (address instanceof ObjectNode one) {
                one.put("stale", true);
            }
        }
        if (proxmox.get("notes") instanceof ArrayNode notes && !hasNote(proxmox, "ADDRESSES_STALE")) {
            notes.add("ADDRESSES_STALE");
        }
    }

    private static boolean hasNote(ObjectNode proxmox, String note) {
        for (JsonNode word : proxmox.path("notes")) {
            if (note.equals(word.asText())) {
                return true;
            }
        }
        return false;
    }
}
