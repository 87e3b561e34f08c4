package io.github.proxmoxdiscovery.sim;

/**
 * The figures that lists show beside a guest; all made up but those of its config.
 *
 * @param memory bytes
 * @param disk bytes; Proxmox knows none for a VM
 */
record GuestFigures(long memory, int cores, long disk, int vmid) {

    private static final long MIB = 1024L * 1024;

    static GuestFigures of(SimulatedGuest guest) {
        return new GuestFigures(
                number(guest, "memory", 512) * MIB,
                (int) number(guest, "cores", 1),
                guest.type() == GuestType.LXC ? 8 * 1024 * MIB : 0,
                guest.vmid());
    }

    Fields put(Fields fields, boolean running) {
        fields.zero("disk", "diskread", "diskwrite", "netin", "netout", "cpu", "mem", "uptime");
        fields.put("maxmem", memory).put("maxdisk", disk);
        if (running) {
            fields.put("cpu", 0.05).put("mem", memory / 2).put("uptime", 3600 + vmid);
        }
        return fields;
    }

    private static long number(SimulatedGuest guest, String key, long otherwise) {
        Object value = guest.line(key);
        return value == null ? otherwise : Long.parseLong(value.toString().split(",")[0]);
    }
}
