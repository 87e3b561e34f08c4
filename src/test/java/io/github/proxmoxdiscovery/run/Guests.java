package io.github.proxmoxdiscovery.run;

import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.pve.Guest;
import java.util.List;
import java.util.stream.LongStream;

/** Guests for the tests of this package. */
final class Guests {

    private Guests() {}

    static Guest guest(long vmid, String node) {
        return new Guest(vmid, GuestType.QEMU, node, "running", false, List.of(), null, null, null, null);
    }

    /** Guests of a node with one number after the other. */
    static List<Guest> guests(String node, long first, int count) {
        return LongStream.range(first, first + count)
                .mapToObj(vmid -> guest(vmid, node))
                .toList();
    }
}
