package io.github.proxmoxdiscovery.check;

import io.github.proxmoxdiscovery.pve.Guest;

/** Asks one cluster, in the way in which a run asks it. */
public interface Questions {

    /** Asks at this address from now on. */
    void use(String address);

    /** @param path below {@code /api2/json} */
    Answer get(String path);

    /** The live config of a guest. */
    Answer config(Guest guest);

    /** What the agent of a virtual machine, or the runtime of a container, says of its interfaces. */
    Answer interfaces(Guest guest);
}
