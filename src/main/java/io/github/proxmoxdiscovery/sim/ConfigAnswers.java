package io.github.proxmoxdiscovery.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A guest's config: what the running guest has with {@code current=1}, otherwise what it will have after the next start
 * (AbstractConfig.pm load_current_config).
 */
final class ConfigAnswers {

    private final Inventory inventory;

    ConfigAnswers(Inventory inventory) {
        this.inventory = inventory;
    }

    Object config(Call call) throws ApiException {
        boolean current = call.flag("current");
        String snapshot = call.parameter("snapshot");
        if (current && !snapshot.isEmpty()) {
            throw ApiException.badParameter("snapshot", "cannot use 'snapshot' parameter with 'current'");
        }
        SimulatedGuest guest = guest(inventory, call);
        if (!snapshot.isEmpty()) {
            throw ApiException.died("snapshot '" + snapshot + "' does not exist");
        }
        Map<String, Object> config = new TreeMap<>(guest.config());
        if (!current) {
            guest.pending().forEach((key, value) -> change(config, key, value));
        }
        config.computeIfPresent("memory", (key, value) -> memory(guest.type(), value));
        config.put("digest", digest(guest));
        return config;
    }

    /** The guest, if this is its type and its node: the config file is looked for there and nowhere else. */
    static SimulatedGuest guest(Inventory inventory, Call call) throws ApiException {
        return inventory
                .guest(call.vmid())
                .filter(guest -> guest.type() == call.type() && guest.node().equals(call.node()) && !guest.vanishing())
                .orElseThrow(() -> missing(call.node(), call.type(), call.vmid()));
    }

    static ApiException missing(String node, GuestType type, int vmid) {
        return ApiException.died(
                "Configuration file 'nodes/" + node + "/" + type.configFolder() + "/" + vmid + ".conf' does not exist");
    }

    private static void change(Map<String, Object> config, String key, String value) {
        if (value.isEmpty()) {
            config.remove(key);
        } else {
            config.put(key, value);
        }
    }

    private Object memory(GuestType type, Object value) {
        boolean text = type == GuestType.QEMU && inventory.flavour().memoryIsText();
        return text ? value.toString() : (Object) Long.valueOf(value.toString());
    }

    private static String digest(SimulatedGuest guest) {
        try {
            byte[] text = guest.fileText().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
