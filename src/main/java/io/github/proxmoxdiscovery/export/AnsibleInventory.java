package io.github.proxmoxdiscovery.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.proxmoxdiscovery.host.IpAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Guests as the dynamic inventory of Ansible, with the names that the collection community.proxmox uses. */
public final class AnsibleInventory extends Chunks<List<HostView>> {

    private static final String PREFIX = "proxmox_";
    private static final int LONGEST = 200;

    private final Names names;
    private final Family family;
    private final Map<String, List<String>> groups = new TreeMap<>();

    /**
     * @param hosts may be gone through twice
     * @throws BadQueryException when {@code family} cannot be one
     */
    public AnsibleInventory(Supplier<Iterator<ObjectNode>> hosts, Query query) throws BadQueryException {
        super(new Guests(hosts.get()));
        this.family = Family.of(query);
        this.names = new Names(new Guests(hosts.get()), AnsibleInventory::wish, (name, suffix) -> name + "-" + suffix);
    }

    /** What stands for several hosts in a pattern, or could be taken for a template, is no part of a name. */
    private static String wish(HostView guest) {
        String name =
                shortened(guest.hostname().replaceAll("[^A-Za-z0-9._-]+", "-")).replaceFirst("^[-.]+", "");
        // A play for a group of this name would be played on the guest.
        boolean unusable = name.isEmpty()
                || name.startsWith(PREFIX)
                || List.of("all", "ungrouped", "localhost").contains(name);
        return unusable ? guest.type() + "-" + guest.vmid() : name;
    }

    @Override
    String begin() {
        return "{\"_meta\":{\"hostvars\":{";
    }

    @Override
    String end() {
        return "\n}}," + groups() + "}\n";
    }

    @Override
    String piece(List<HostView> guest) {
        HostView first = guest.get(0);
        if (first.message().at("/proxmox/template").asBoolean()) {
            return "";
        }
        String name = names.of(first);
        groupsOf(first)
                .forEach(group ->
                        groups.computeIfAbsent(group, any -> new ArrayList<>()).add(name));
        return listed(TextNode.valueOf(name) + ":" + variables(guest));
    }

    private static List<String> groupsOf(HostView guest) {
        List<String> groups = new ArrayList<>();
        groups.add(group("all_" + guest.type()));
        groups.add(group("all_" + guest.status()));
        groups.add(group(guest.node()));
        groups.add(group(guest.node() + "_" + guest.type()));
        if (!guest.pool().isEmpty()) {
            groups.add(group("pool_" + guest.pool()));
        }
        guest.tags().forEach(tag -> groups.add(group("tag_" + tag)));
        return groups.stream().distinct().toList();
    }

    private static String group(String name) {
        return PREFIX + shortened(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_"));
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST));
    }

    private ObjectNode variables(List<HostView> guest) {
        HostView first = guest.get(0);
        ObjectNode variables = JsonNodeFactory.instance.objectNode();
        guest.stream()
                .flatMap(host -> host.addresses(family).stream())
                .findFirst()
                .map(IpAddress::text)
                .ifPresent(address -> variables.put("ansible_host", address));
        put(variables, "cluster", first.cluster());
        variables.set(PREFIX + "vmid", first.message().at("/proxmox/vmid"));
        put(variables, "name", first.hostname());
        put(variables, "node", first.node());
        put(variables, "vmtype", first.type());
        put(variables, "status", first.status());
        put(variables, "pool", first.pool());
        put(variables, "os_type", first.text("/proxmox/os_type"));
        ArrayNode tags = variables.putArray(PREFIX + "tags_parsed");
        first.tags().forEach(tag -> tags.add(safe(tag)));
        ArrayNode interfaces = variables.putArray(PREFIX + "interfaces");
        guest.forEach(host -> addInterface(interfaces.addObject(), host));
        return variables;
    }

    private static void addInterface(ObjectNode json, HostView host) {
        json.put("key", host.key());
        json.put("mac", host.mac());
        json.set("bridge", safe(host.text("/proxmox/interface/bridge")));
        ArrayNode addresses = json.putArray("ip_addresses");
        host.list("/ip_addresses").forEach(address -> addresses.add(safe(address)));
    }

    private static void put(ObjectNode variables, String name, String value) {
        variables.set(PREFIX + name, safe(value));
    }

    /** Ansible evaluates what it finds in variables, unless it is marked as written by somebody else. */
    private static JsonNode safe(String text) {
        boolean template = text.contains("{{") || text.contains("{%") || text.contains("{#");
        return template ? JsonNodeFactory.instance.objectNode().put("__ansible_unsafe", text) : TextNode.valueOf(text);
    }

    private String groups() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode children = json.putObject("all").putArray("children");
        groups.forEach((group, members) -> {
            children.add(group);
            ArrayNode hosts = json.putObject(group).putArray("hosts");
            members.forEach(hosts::add);
        });
        String text = json.toString();
        return text.substring(1, text.length() - 1);
    }
}
