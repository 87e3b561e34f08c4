package io.github.proxmoxdiscovery.sim;

/**
 * The figures that lists show beside a guest; all made up but those of its config and its uptime.
 *
 * @param memory bytes
 * @param disk bytes; Proxmox knows none for a VM
 * @param uptime seconds
 */
record GuestFigures(long memory, int cores, long disk, long uptime) {

    private static final long MIB = 1024L * 1024;

    static GuestFigures of(SimulatedGuest guest, Inventory inventory) {
        return new GuestFigures(
                number(guest, "memory", 512) * MIB,
                (int) number(guest, "cores", 1),
                guest.type() == GuestType.LXC ? 8 * 1024 * MIB : 0,
                inventory.uptime(guest));
    }

    Fields put(Fields fields, boolean running) {
        fields.zero("disk", "diskread", "diskwrite", "netin", "netout", "cpu", "mem", "uptime");
        fields.put("maxmem", memory).put("maxdisk", disk);
        if (running) {
            fields.put("cpu", 0.05).put("mem", memory / 2).put("uptime", uptime);
        }
        return fields;
    }

    private static long number(SimulatedGuest guest, String key, long otherwise) {
        Object value = guest.line(key);
        return value == null ? otherwise : Long.parseLong(value.toString().split(",")[0]);
    }
}
