package io.github.proxmoxdiscovery.faults.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds what one sink was told against what was true. */
public final class Audit {

    private final String sink;
    private final History history;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Told> byCeId = new HashMap<>();
    private final Map<String, Told> newest = new TreeMap<>();
    private final Map<String, String> guests;
    private int events;
    private int duplicates;
    private int losses;

    /** @param guests which guest had which generation of an id, as all sinks together were told */
    public Audit(String sink, History history, Map<String, String> guests) {
        this.sink = sink;
        this.history = history;
        this.guests = guests;
    }

    /** @param stream in the order in which the sink had it */
    public Audit of(List<Told> stream, Map<String, History.Host> truth) {
        stream.forEach(this::look);
        Map<String, Told> fold = new TreeMap<>(newest);
        fold.values().removeIf(Told::leaves);
        truth.forEach((id, host) -> {
            Told told = fold.get(id);
            String wrong = told == null ? "is missing" : difference(host, told);
            if (!wrong.isEmpty()) {
                losses++;
                violations.add(sink + ": " + id + " " + wrong);
            }
        });
        fold.keySet().stream().filter(id -> !truth.containsKey(id)).forEach(id -> {
            losses++;
            violations.add(sink + ": " + id + " is not there any more, and the sink was not told");
        });
        return this;
    }

    private void look(Told told) {
        events++;
        Told same = byCeId.putIfAbsent(told.ceId(), told);
        if (same != null) {
            duplicates++;
            if (!same.event().equals(told.event())) {
                violations.add(sink + ": not the same twice: " + same.event() + " and " + told.event());
            }
            return;
        }
        Told before = newest.get(told.id());
        if (before != null && before.revision() >= told.revision()) {
            violations.add(sink + ": " + told.ceId() + " after " + before.ceId());
            return;
        }
        if (told.leaves()) {
            lookAtRemoval(told);
        }
        lookAtGuest(told, before);
        newest.put(told.id(), told);
    }

    private void lookAtRemoval(Told told) {
        if (history.wasThere(told.id(), uuid(told.host()), told.seenBy(), told.at())) {
            violations.add(sink + ": false removal, it was there all the time: " + told.event());
        }
    }

    /** A generation is one guest, and a guest has one generation of its id. */
    private void lookAtGuest(Told told, @Nullable Told before) {
        String uuid = uuid(told.host());
        if (told.generation() < 0 || before != null && before.generation() > told.generation()) {
            violations.add(sink + ": generation " + told.generation() + " in " + told.event());
        }
        if (uuid == null) {
            return;
        }
        String generation = told.id() + " " + told.generation();
        String other = guests.putIfAbsent(generation, uuid);
        if (other != null && !other.equals(uuid)) {
            violations.add(sink + ": generation " + told.generation() + " is " + other + " and " + uuid);
        }
        String again = guests.putIfAbsent(told.id() + " " + uuid, generation);
        if (again != null && !again.equals(generation)) {
            violations.add(sink + ": " + uuid + " is " + again + " and " + generation);
        }
    }

    private static @Nullable String uuid(JsonNode host) {
        return host.at("/proxmox/guest_uuid").asText(null);
    }

    private static String difference(History.Host host, Told told) {
        JsonNode has = told.host();
        List<String> addresses = new ArrayList<>();
        has.path("ip_addresses").forEach(address -> addresses.add(address.asText()));
        String uuid = uuid(has);
        boolean right = host.name().equals(has.path("hostname").asText())
                && host.mac().equals(has.path("mac").asText())
                && host.addresses().equals(addresses)
                && host.node().equals(has.at("/proxmox/node").asText())
                && (host.uuid() == null || host.uuid().equals(uuid));
        return right ? "" : "is " + host + ", and not as in " + told.event();
    }

    public List<String> violations() {
        return violations;
    }

    public int events() {
        return events;
    }

    public int duplicates() {
        return duplicates;
    }

    public int losses() {
        return losses;
    }

    @Override
    public String toString() {
        return sink + ": " + events + " events, " + duplicates + " of them again, " + losses + " hosts wrong";
    }
}
