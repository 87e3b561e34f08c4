package io.github.proxmoxdiscovery.sim;

import java.util.Map;

/**
 * A call of the API by someone who may make it.
 *
 * @param variables the parts of the path that vary: {@code node}, {@code vmid}
 * @param askedNode the node that received it
 */
record Call(HttpRequest request, String path, Map<String, String> variables, Caller caller, String askedNode) {

    /** The node that is to answer; Proxmox takes {@code localhost} for the one that was asked. */
    String node() {
        String node = variables.getOrDefault("node", askedNode);
        return node.equals("localhost") ? askedNode : node;
    }

    int vmid() {
        return Integer.parseInt(variables.getOrDefault("vmid", "0"));
    }

    GuestType type() {
        return GuestType.of(path.split("/")[3]);
    }

    boolean flag(String parameter) {
        return request.query().getOrDefault(parameter, "").equals("1");
    }

    String parameter(String name) {
        return request.query().getOrDefault(name, "");
    }
}
