package io.github.proxmoxdiscovery.routefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** A route file that was read as YAML, by the same rules as Camel reads it, and knows the line of all that is in it. */
public final class RouteText {

    private final String file;
    private final JsonNode json;
    private final Map<String, Integer> lines;
    private final List<RouteScalar> scalars;
    private final List<RouteProblem> problems;

    private RouteText(
            String file,
            JsonNode json,
            Map<String, Integer> lines,
            List<RouteScalar> scalars,
            List<RouteProblem> problems) {
        this.file = file;
        this.json = json;
        this.lines = lines;
        this.scalars = List.copyOf(scalars);
        this.problems = List.copyOf(problems);
    }

    /** Reads a file; what is wrong with it as YAML is kept. */
    public static RouteText of(RouteSource source) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(source.bytes()))
                    .toString();
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(source.path())
                    .setAllowDuplicateKeys(true)
                    .build();
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.map(node -> of(source.path(), node))
                    .orElseGet(() -> wrong(source.path(), 1, "the file has nothing in it", "A list of routes"));
        } catch (CharacterCodingException e) {
            return wrong(source.path(), 0, "the file is no text in UTF-8", "Save it as UTF-8");
        } catch (MarkedYamlEngineException e) {
            int line =
                    e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(-1) + 1;
            return wrong(source.path(), line, "this is no YAML: " + what(e), "Look at this line and the one above it");
        } catch (YamlEngineException e) {
            return wrong(source.path(), 0, "this is no YAML: " + oneLine(e.getMessage()), "");
        }
    }

    private static String what(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : oneLine(e.getContext()) + ", ";
        return context + oneLine(e.getProblem());
    }

    private static String oneLine(String text) {
        return String.valueOf(text).strip().replaceAll("\\s+", " ");
    }

    private static RouteText of(String file, Node root) {
        YamlWalk walk = new YamlWalk(file);
        JsonNode json = walk.json(root);
        return new RouteText(file, json, walk.lines(), walk.scalars(), walk.problems());
    }

    private static RouteText wrong(String file, int line, String problem, String expected) {
        List<RouteProblem> problems = List.of(new RouteProblem(file, line, problem, expected));
        return new RouteText(file, MissingNode.getInstance(), Map.of(), List.of(), problems);
    }

    /** The path from the routes folder on. */
    public String file() {
        return file;
    }

    /** What is wrong with the file as YAML. */
    public List<RouteProblem> problems() {
        return problems;
    }

    /** What is in the file; missing if it could not be read. */
    public JsonNode json() {
        return json;
    }

    /** Whether anything is in it. */
    public boolean isRead() {
        return !json.isMissingNode();
    }

    /** Every single value, with the names of what it is in. */
    List<RouteScalar> scalars() {
        return scalars;
    }

    /** The line of what a JSON pointer names, or of what that would be in. */
    int line(String pointer) {
        String at = pointer;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }

    /** A problem in the line of what a JSON pointer names. */
    RouteProblem problem(String pointer, String problem, String expected) {
        return new RouteProblem(file, line(pointer), problem, expected);
    }
}
