package io.github.proxmoxdiscovery.ledger;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.ledger.Observation.ObservedHost;
import java.util.List;

/** A host as a run sees it, and the message that it makes of it. */
record TestHost(int vmid, int nic, String uuid, String name, String node, List<String> ips, String agent, String pool) {

    /** What an operator does not want to be told of. */
    static final List<String> IGNORED = List.of(
            "proxmox.agent",
            "proxmox.agent_checked_at",
            "proxmox.notes",
            "proxmox.addresses.stale",
            "proxmox.addresses.observed_at");

    private static final ObjectMapper JSON = new ObjectMapper();

    static TestHost of(int vmid) {
        return of(vmid, 0);
    }

    static TestHost of(int vmid, int nic) {
        return new TestHost(
                vmid, nic, "uuid-" + vmid, "web" + vmid, "pve1", List.of("10.0.0." + vmid % 250), "ok", "shop");
    }

    TestHost named(String other) {
        return new TestHost(vmid, nic, uuid, other, node, ips, agent, pool);
    }

    TestHost on(String other) {
        return new TestHost(vmid, nic, uuid, name, other, ips, agent, pool);
    }

    TestHost ofGuest(String other) {
        return new TestHost(vmid, nic, other, name, node, ips, agent, pool);
    }

    TestHost at(String... others) {
        return new TestHost(vmid, nic, uuid, name, node, List.of(others), agent, pool);
    }

    TestHost agent(String state) {
        return new TestHost(vmid, nic, uuid, name, node, state.equals("ok") ? ips : List.of(), state, pool);
    }

    /** Whatever it is in. */
    TestHost poolUnknown() {
        return new TestHost(vmid, nic, uuid, name, node, ips, agent, null);
    }

    String id() {
        return guest("lab") + "/net" + nic;
    }

    String guest() {
        return "qemu/" + vmid;
    }

    private String guest(String cluster) {
        return cluster + "/" + guest();
    }

    ObservedHost observed(String run, String at) {
        return new ObservedHost(id(), guest(), uuid, body(run, at));
    }

    private String body(String run, String at) {
        ObjectNode body = JSON.createObjectNode().put("id", id()).put("hostname", name);
        body.put("mac", "bc:24:11:00:0" + nic + ":01");
        ArrayNode addresses = body.putArray("ip_addresses");
        ips.forEach(addresses::add);
        body.put("observed_at", at).put("run_id", run).putNull("generation").putNull("revision");
        body.set("proxmox", proxmox(at));
        return body.toString();
    }

    private ObjectNode proxmox(String at) {
        ObjectNode proxmox = JSON.createObjectNode().put("node", node).put("name", name);
        proxmox.put("guest_uuid", uuid).put("status", "running").put("pool", pool);
        proxmox.putObject("interface").put("key", "net" + nic).putArray("guest_interfaces");
        ArrayNode addresses = proxmox.putArray("addresses");
        ips.forEach(ip -> addresses
                .addObject()
                .put("address", ip)
                .put("source", "agent")
                .put("observed_at", at)
                .put("stale", false));
        proxmox.put("agent", agent).put("agent_checked_at", at);
        ArrayNode notes = proxmox.putArray("notes");
        if (pool == null) {
            notes.add("POOL_UNKNOWN");
        }
        if (!agent.equals("ok")) {
            notes.add("AGENT_SILENT");
        }
        return proxmox;
    }
}
