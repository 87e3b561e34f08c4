package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.IpAddress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every address that stands anywhere in an answer. */
final class GivenAddresses {

    private GivenAddresses() {}

    static Set<IpAddress> in(JsonNode node) {
        return texts(node)
                .flatMap(text -> Stream.of(text.split("[,=/]")))
                .map(IpAddress::parse)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private static Stream<String> texts(JsonNode node) {
        return node.isValueNode()
                ? Stream.of(node.asText())
                : node.valueStream().flatMap(GivenAddresses::texts);
    }
}
