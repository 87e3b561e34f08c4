package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Spoils one place of a JSON tree: takes it out, or puts something of another kind there. */
final class JsonMutation {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<JsonNode> OTHERS = List.of(
            JSON.nullNode(),
            JSON.booleanNode(true),
            JSON.numberNode(-1),
            JSON.numberNode(1e300),
            JSON.numberNode(BigInteger.TEN.pow(40)),
            JSON.textNode(""),
            JSON.textNode("\u0000\u202e%s=,;"),
            JSON.arrayNode().add(JSON.nullNode()),
            JSON.objectNode().put("error", 1));

    private final Random random;

    JsonMutation(Random random) {
        this.random = random;
    }

    JsonNode of(JsonNode tree) {
        JsonNode copy = tree.deepCopy();
        JsonNode place = copy;
        for (JsonNode next = copy; isFull(next); next = random.nextInt(4) > 0 ? child(next) : JSON.nullNode()) {
            place = next;
        }
        return spoil(place) ? copy : other();
    }

    private static boolean isFull(JsonNode node) {
        return node.isContainerNode() && !node.isEmpty();
    }

    private JsonNode child(JsonNode container) {
        return container
                .valueStream()
                .skip(random.nextInt(container.size()))
                .findFirst()
                .orElseThrow();
    }

    private boolean spoil(JsonNode place) {
        if (place.isEmpty()) {
            return false;
        }
        int index = random.nextInt(place.size());
        boolean takenOut = random.nextInt(4) == 0;
        if (place instanceof ArrayNode list) {
            JsonNode changed = takenOut ? list.remove(index) : list.set(index, other());
            return changed != null;
        }
        ObjectNode object = (ObjectNode) place;
        String key =
                object.propertyStream().skip(index).findFirst().orElseThrow().getKey();
        JsonNode changed = takenOut ? object.remove(key) : object.replace(key, other());
        return changed != null;
    }

    private JsonNode other() {
        return OTHERS.get(random.nextInt(OTHERS.size())).deepCopy();
    }
}
