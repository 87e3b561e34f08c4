package io.github.proxmoxdiscovery.source;

import io.github.proxmoxdiscovery.sim.AgentState;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;

/** Guests of a kind, told apart by their number: vmid 107 has the MAC …:01:07 and the address 10.0.1.7. */
final class SampleGuests {

    private SampleGuests() {}

    /** A running VM whose agent answers. */
    static SimulatedGuest.Builder vm(int vmid) {
        return plainVm(vmid).agent(AgentState.ok()).inside("eth0", mac(vmid), address(vmid) + "/24");
    }

    /** A running VM without an agent. */
    static SimulatedGuest.Builder plainVm(int vmid) {
        return SimulatedGuest.qemu(vmid, "vm" + vmid).running().config("net0", "virtio=" + mac(vmid) + ",bridge=vmbr0");
    }

    /** A running container. */
    static SimulatedGuest.Builder container(int vmid) {
        return SimulatedGuest.lxc(vmid, "ct" + vmid)
                .running()
                .config("net0", "name=eth0,bridge=vmbr0,hwaddr=" + mac(vmid) + ",ip=dhcp,type=veth")
                .inside("eth0", mac(vmid), address(vmid) + "/24");
    }

    static String mac(int vmid) {
        return "bc:24:11:00:%02d:%02d".formatted(vmid / 100, vmid % 100);
    }

    static String address(int vmid) {
        return "10.0." + vmid / 100 + "." + vmid % 100;
    }

    static String vmId(int vmid) {
        return "lab/qemu/" + vmid + "/net0";
    }

    static String containerId(int vmid) {
        return "lab/lxc/" + vmid + "/net0";
    }
}
