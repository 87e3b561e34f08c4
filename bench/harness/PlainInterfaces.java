package harness;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The interfaces of one guest: what its config says, and what was observed inside. */
final class PlainInterfaces {

    private final PlainGuest guest;
    private final Map<String, String> macs = new LinkedHashMap<>();
    private final Map<String, List<String>> configured = new LinkedHashMap<>();
    private final Map<String, Set<String>> observed = new LinkedHashMap<>();
    private boolean agent;
    private boolean locked;
    private boolean template;

    PlainInterfaces(PlainGuest guest) {
        this.guest = guest;
    }

    boolean hasToBeAsked() {
        return guest.running() && !template && !locked && (guest.isContainer() || agent);
    }

    Void config(InputStream body) throws IOException {
        try (JsonParser json = PlainJson.JSON.createParser(body)) {
            PlainJson.data(json, () -> PlainJson.members(json, this::line));
        }
        return null;
    }

    private void line(String name, JsonParser value) throws IOException {
        switch (name) {
            case "agent" -> agent = value.getText().startsWith("1") || value.getText().contains("enabled=1");
            case "lock" -> locked = true;
            case "template" -> template = value.getText().equals("1");
            default -> {
                if (isNumbered(name, "net")) {
                    net(name, value.getText());
                } else if (isNumbered(name, "ipconfig")) {
                    addresses("net" + name.substring("ipconfig".length()), value.getText());
                } else {
                    value.skipChildren();
                }
            }
        }
    }

    private static boolean isNumbered(String name, String prefix) {
        return name.startsWith(prefix) && name.length() > prefix.length() && Character.isDigit(name.charAt(prefix.length()));
    }

    /** The MAC stands behind the model, macaddr or hwaddr. */
    private void net(String name, String line) {
        for (String part : line.split(",")) {
            String value = part.substring(part.indexOf('=') + 1);
            if (value.length() == 17 && value.charAt(2) == ':' && value.charAt(14) == ':') {
                macs.put(name, value.toLowerCase(Locale.ROOT));
            }
        }
        addresses(name, line);
    }

    private void addresses(String name, String line) {
        for (String part : line.split(",")) {
            boolean address = part.startsWith("ip=") || part.startsWith("ip6=");
            if (address && part.indexOf('/') > 0) {
                configured
                        .computeIfAbsent(name, key -> new ArrayList<>())
                        .add(part.substring(part.indexOf('=') + 1, part.indexOf('/')));
            }
        }
    }

    /** A VM's answer has the list under result; one of a container is the list. */
    Void observed(InputStream body) throws IOException {
        try (JsonParser json = PlainJson.JSON.createParser(body)) {
            PlainJson.data(json, () -> {
                if (guest.isContainer()) {
                    PlainJson.elements(json, () -> inside(json));
                } else {
                    PlainJson.members(json, (name, value) -> PlainJson.elements(json, () -> inside(json)));
                }
            });
        }
        return null;
    }

    private void inside(JsonParser json) throws IOException {
        String[] mac = {""};
        List<String> found = new ArrayList<>();
        PlainJson.members(json, (name, value) -> {
            switch (name) {
                case "hardware-address", "hwaddr" -> mac[0] = value.getText().toLowerCase(Locale.ROOT);
                case "ip-addresses" -> PlainJson.elements(json, () -> PlainJson.members(json, (key, text) -> {
                    if (key.equals("ip-address")) {
                        found.add(text.getText());
                    }
                }));
                default -> value.skipChildren();
            }
        });
        found.removeIf(address -> address.startsWith("fe80:") || address.startsWith("127.") || address.equals("::1"));
        observed.computeIfAbsent(mac[0], key -> new LinkedHashSet<>()).addAll(found);
    }

    /** Id, MAC and addresses of each interface. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        macs.forEach((name, mac) -> {
            Set<String> seen = observed.getOrDefault(mac, Set.of());
            Iterable<String> addresses = seen.isEmpty() ? configured.getOrDefault(name, List.of()) : seen;
            lines.add(guest.type() + "/" + guest.vmid() + "/" + name + "\t" + mac + "\t" + String.join(",", addresses));
        });
        return lines;
    }
}
