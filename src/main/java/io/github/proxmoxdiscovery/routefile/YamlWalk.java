package io.github.proxmoxdiscovery.routefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Goes through the nodes of a YAML file once, and remembers in which line each of them is. */
final class YamlWalk {

    /** An anchor that has itself in it goes down without end. */
    private static final int DEEPEST = 200;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String file;
    private final List<String> path = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<RouteScalar> scalars = new ArrayList<>();
    private final List<RouteProblem> problems = new ArrayList<>();

    YamlWalk(String file) {
        this.file = file;
    }

    Map<String, Integer> lines() {
        return lines;
    }

    List<RouteScalar> scalars() {
        return scalars;
    }

    List<RouteProblem> problems() {
        return problems;
    }

    JsonNode json(Node node) {
        lines.putIfAbsent(RouteScalar.pointer(path), line(node));
        if (path.size() > DEEPEST) {
            problems.add(new RouteProblem(file, line(node), "this is in itself, or too deep", "A route without that"));
            return JSON.nullNode();
        }
        if (node instanceof MappingNode map) {
            return object(map);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            for (Node element : sequence.getValue()) {
                array.add(below(String.valueOf(array.size()), line(element), element));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode map) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple pair : map.getValue()) {
            String key = pair.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
            int line = line(pair.getKeyNode());
            if (object.has(key)) {
                problems.add(new RouteProblem(
                        file, line, "the key " + key + " stands twice in the same place", "One of the two"));
            }
            object.set(key, below(key, line, pair.getValueNode()));
        }
        return object;
    }

    private JsonNode below(String part, int line, Node node) {
        path.add(part);
        lines.putIfAbsent(RouteScalar.pointer(path), line);
        JsonNode json = json(node);
        path.remove(path.size() - 1);
        return json;
    }

    private JsonNode scalar(ScalarNode node) {
        String value = node.getValue();
        scalars.add(new RouteScalar(path, value, line(node)));
        Tag tag = node.getTag();
        if (Tag.NULL.equals(tag)) {
            return JSON.nullNode();
        }
        if (Tag.BOOL.equals(tag)) {
            return JSON.booleanNode(Boolean.parseBoolean(value));
        }
        return JSON.textNode(value);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
