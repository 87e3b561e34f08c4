package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.ledger.Event;
import io.github.proxmoxdiscovery.ledger.Recorded;

/** What a run changed, as it is remembered with the run. */
public final class RunChanges {

    private static final int MOST = 100;

    private RunChanges() {}

    /** How many hosts are new, different or gone, and the first of them. */
    public static ObjectNode of(Recorded recorded) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("discovered", recorded.discovered());
        json.put("updated", recorded.updated());
        json.put("removed", recorded.removed());
        json.put("excluded", recorded.excluded());
        ArrayNode hosts = json.putArray("hosts");
        recorded.changes().stream().limit(MOST).forEach(event -> add(hosts.addObject(), event));
        return json;
    }

    private static void add(ObjectNode json, Event event) {
        json.put("id", event.id());
        json.put("change", event.type().text());
        ArrayNode changed = json.putArray("changed");
        event.changed().forEach(changed::add);
        json.put("reason", event.reason());
    }
}
