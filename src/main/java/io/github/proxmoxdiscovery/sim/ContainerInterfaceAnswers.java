package io.github.proxmoxdiscovery.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /nodes/{node}/lxc/{vmid}/interfaces}: {@code ip a} inside the container (LXC.pm get_interfaces). */
final class ContainerInterfaceAnswers {

    private final Inventory inventory;

    ContainerInterfaceAnswers(Inventory inventory) {
        this.inventory = inventory;
    }

    /** A raw list, or null for a stopped container. */
    Object interfaces(Call call) throws ApiException {
        SimulatedGuest guest = ConfigAnswers.guest(inventory, call);
        return guest.running() ? guest.interfaces().stream().map(this::seen).toList() : new ShuffledJson.Raw("null");
    }

    private Map<String, @Nullable Object> seen(GuestInterface network) {
        Fields fields = Fields.of("name", network.name()).put("hwaddr", network.hardwareAddress());
        // One address a family: each replaces the one before.
        network.addresses().forEach(address -> fields.put(GuestInterface.isIpv6(address) ? "inet6" : "inet", address));
        if (inventory.flavour().hasContainerAddressLists()) {
            fields.put("hardware-address", network.hardwareAddress()).put("ip-addresses", addresses(network));
        }
        return fields.map();
    }

    /** The types are called otherwise than those of the guest agent. */
    private static List<Map<String, @Nullable Object>> addresses(GuestInterface network) {
        List<Map<String, @Nullable Object>> addresses = new ArrayList<>();
        for (String address : network.addresses()) {
            addresses.add(Fields.of("ip-address", GuestInterface.withoutPrefix(address))
                    .put("ip-address-type", GuestInterface.isIpv6(address) ? "inet6" : "inet")
                    .put("prefix", GuestInterface.prefix(address))
                    .map());
        }
        return addresses;
    }
}
