package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** JSON with the keys of Proxmox's answers and anything behind them. */
final class AnyJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final String[] KEYS = {
        "result",
        "error",
        "class",
        "desc",
        "name",
        "hostname",
        "hardware-address",
        "hwaddr",
        "ip-addresses",
        "ip-address",
        "ip-address-type",
        "prefix",
        "inet",
        "inet6",
        "net0",
        "net1",
        "net31",
        "net32",
        "ipconfig0",
        "agent",
        "template",
        "lock",
        "tags",
        "ostype",
        "smbios1",
        "vmgenid",
        "vmid",
        "type",
        "node",
        "status",
        "pool",
        "/vms",
        "/",
        "VM.Audit",
        ""
    };

    private static final int DEPTH = 3;

    private AnyJson() {}

    static Arbitrary<JsonNode> value() {
        return value(DEPTH);
    }

    /** An object with the keys of a config and mostly texts behind them. */
    static Arbitrary<JsonNode> config() {
        Arbitrary<JsonNode> texts = AnyText.text().map(JSON::textNode);
        return object(Arbitraries.frequencyOf(Tuple.of(4, texts), Tuple.of(1, value(1))));
    }

    private static Arbitrary<JsonNode> value(int depth) {
        if (depth == 0) {
            return scalar();
        }
        Arbitrary<JsonNode> inner = value(depth - 1);
        Arbitrary<JsonNode> list = inner.list().ofMaxSize(4).map(AnyJson::array);
        return Arbitraries.oneOf(scalar(), list, object(inner));
    }

    private static Arbitrary<JsonNode> object(Arbitrary<JsonNode> values) {
        return Arbitraries.maps(Arbitraries.of(KEYS), values).ofMaxSize(8).map(AnyJson::object);
    }

    private static Arbitrary<JsonNode> scalar() {
        Arbitrary<JsonNode> texts = AnyText.text().map(JSON::textNode);
        Arbitrary<JsonNode> numbers = Arbitraries.bigIntegers().map(JSON::numberNode);
        Arbitrary<JsonNode> fractions = Arbitraries.doubles().map(JSON::numberNode);
        Arbitrary<JsonNode> words = Arbitraries.of(JSON.nullNode(), JSON.booleanNode(true), JSON.missingNode());
        return Arbitraries.oneOf(texts, numbers, fractions, words);
    }

    private static JsonNode array(List<JsonNode> values) {
        return JSON.arrayNode().addAll(values);
    }

    private static JsonNode object(Map<String, JsonNode> fields) {
        return JSON.objectNode().setAll(fields);
    }
}
