package io.github.proxmoxdiscovery.sim;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node's own lists: {@code /nodes/{node}/qemu} and {@code …/lxc} (QemuServer.pm and LXC.pm vmstatus). */
final class GuestListAnswers {

    private static final List<String> PRESSURES = List.of(
            "pressurecpusome",
            "pressurecpufull",
            "pressureiosome",
            "pressureiofull",
            "pressurememorysome",
            "pressurememoryfull");

    private final Inventory inventory;
    private final ShuffledJson json;

    GuestListAnswers(Inventory inventory, ShuffledJson json) {
        this.inventory = inventory;
        this.json = json;
    }

    /** One config that cannot be read fails the whole list (QemuServer.pm load_config in vmstatus). */
    Object qemu(Call call) throws ApiException {
        for (SimulatedGuest guest : inventory.listed(call.node(), GuestType.QEMU)) {
            if (guest.vanishing()) {
                throw ConfigAnswers.missing(call.node(), GuestType.QEMU, guest.vmid());
            }
        }
        return list(call, GuestType.QEMU, this::vm);
    }

    Object lxc(Call call) {
        return list(call, GuestType.LXC, this::container);
    }

    private Object list(Call call, GuestType type, Function<SimulatedGuest, Map<String, @Nullable Object>> entry) {
        return json.shuffled(inventory.listed(call.node(), type).stream()
                .filter(guest -> !guest.vanishing())
                .filter(call.caller()::sees)
                .map(entry)
                .toList());
    }

    private Map<String, @Nullable Object> vm(SimulatedGuest guest) {
        Fields fields = common(guest).put("vmid", guest.vmid());
        fields.putIf(inventory.flavour().isNine(), "memhost", 0);
        addRunning(fields, guest, 0);
        fields.without("diskread", "diskwrite");
        return fields.map();
    }

    /** The type is repeated, figures may be text, and so was the vmid before pve-container 5.0.10. */
    private Map<String, @Nullable Object> container(SimulatedGuest guest) {
        Object vmid = inventory.flavour().containerVmidIsText() ? String.valueOf(guest.vmid()) : guest.vmid();
        Fields fields = common(guest).put("vmid", vmid).put("type", "lxc");
        fields.zero("swap", "maxswap");
        addRunning(fields, guest, "0.00");
        return fields.map();
    }

    private Fields common(SimulatedGuest guest) {
        GuestFigures figures = GuestFigures.of(guest, inventory);
        return figures.put(new Fields(), guest.running())
                .put("name", guest.listedName())
                .put("status", guest.status())
                .put("cpus", figures.cores())
                .putIf(guest.template(), "template", 1)
                .putIfKnown("tags", guest.line("tags"))
                .putIfKnown("lock", guest.line("lock"));
    }

    private void addRunning(Fields fields, SimulatedGuest guest, Object pressure) {
        if (guest.running()) {
            fields.put("pid", 20_000 + guest.vmid());
            if (inventory.flavour().isNine()) {
                PRESSURES.forEach(key -> fields.put(key, pressure));
            }
        }
    }
}
