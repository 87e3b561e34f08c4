package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Iterators;
import io.github.proxmoxdiscovery.host.IpAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the exports need of a host's message, whatever a route file took out of it. */
record HostView(JsonNode message) {

    /** Of each message, when it is asked for. */
    static Iterator<HostView> each(Iterator<ObjectNode> messages) {
        return Iterators.transform(messages, HostView::new);
    }

    String text(String path) {
        return message.at(path).asText("");
    }

    String id() {
        return text("/id");
    }

    String mac() {
        return text("/mac");
    }

    String hostname() {
        return text("/hostname");
    }

    String cluster() {
        return text("/proxmox/cluster");
    }

    String type() {
        return text("/proxmox/type");
    }

    String vmid() {
        return text("/proxmox/vmid");
    }

    String node() {
        return text("/proxmox/node");
    }

    String status() {
        return text("/proxmox/status");
    }

    String pool() {
        return text("/proxmox/pool");
    }

    /** The key of the interface in the guest's configuration, such as {@code net0}. */
    String key() {
        return text("/proxmox/interface/key");
    }

    /** Equal for the interfaces of one guest, and for no others. */
    String guest() {
        return cluster() + "/" + type() + "/" + vmid();
    }

    List<String> tags() {
        return list("/proxmox/tags");
    }

    List<String> list(String path) {
        List<String> texts = new ArrayList<>();
        message.at(path).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** The addresses that are wanted; what is no address is left out. */
    List<IpAddress> addresses(Predicate<IpAddress> wanted) {
        return list("/ip_addresses").stream()
                .map(IpAddress::parse)
                .flatMap(Optional::stream)
                .filter(wanted)
                .toList();
    }
}
