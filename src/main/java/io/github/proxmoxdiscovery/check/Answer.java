package io.github.proxmoxdiscovery.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.proxmoxdiscovery.pve.PveFailure;
import java.util.Optional;

/**
 * What came of a question to a cluster.
 *
 * @param data the {@code data} of the answer; missing if there was none
 * @param failure why there was none
 */
public record Answer(JsonNode data, Optional<PveFailure> failure) {

    public static Answer of(JsonNode data) {
        return new Answer(data, Optional.empty());
    }

    public static Answer failed(PveFailure failure) {
        return new Answer(MissingNode.getInstance(), Optional.of(failure));
    }
}
