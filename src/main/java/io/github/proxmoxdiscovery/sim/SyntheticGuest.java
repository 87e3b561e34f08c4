package io.github.proxmoxdiscovery.sim;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The truth about one synthetic guest.
 *
 * @param name empty for one without
 */
record SyntheticGuest(
        Kind kind,
        int vmid,
        String node,
        Optional<String> name,
        List<String> tags,
        Optional<String> pool,
        List<SyntheticNic> nics) {

    /** What it is, and how much it tells. */
    enum Kind {
        VM_WITH_AGENT(true, true, true),
        VM_WITH_DEAD_AGENT(true, true, false),
        VM_WITHOUT_AGENT(true, true, false),
        VM_STOPPED(true, false, false),
        VM_TEMPLATE(true, false, false),
        CONTAINER(false, true, true),
        CONTAINER_STOPPED(false, false, false);

        private final boolean vm;
        private final boolean running;
        private final boolean seenInside;

        Kind(boolean vm, boolean running, boolean seenInside) {
            this.vm = vm;
            this.running = running;
            this.seenInside = seenInside;
        }
    }

    List<ExpectedHost> expected(String cluster) {
        GuestType type = kind.vm ? GuestType.QEMU : GuestType.LXC;
        return nics.stream()
                .map(nic -> new ExpectedHost(
                        cluster + "/" + type.text() + "/" + vmid + "/" + nic.key(),
                        nic.lowerMac(),
                        name.orElse((kind.vm ? "vm-" : "ct-") + vmid),
                        nic.expected(kind.seenInside),
                        nic.vlan(),
                        nic.bridge(),
                        kind.running ? "running" : "stopped",
                        kind == Kind.VM_TEMPLATE,
                        node,
                        tags,
                        pool.orElse(null)))
                .toList();
    }

    SimulatedGuest simulated(Random random) {
        SimulatedGuest.Builder guest = builder().node(node).config("memory", 1024);
        if (kind.running) {
            guest.running();
        }
        if (!tags.isEmpty()) {
            guest.tags(String.join(";", tags));
        }
        pool.ifPresent(guest::pool);
        for (SyntheticNic nic : nics) {
            guest.config(nic.key(), kind.vm ? nic.qemuLine(random) : nic.lxcLine(random));
        }
        if (kind.vm) {
            addVm(guest);
        }
        addInside(guest, random);
        return guest.build();
    }

    private SimulatedGuest.Builder builder() {
        if (kind.vm) {
            return name.map(text -> SimulatedGuest.qemu(vmid, text)).orElseGet(() -> SimulatedGuest.qemu(vmid));
        }
        return name.map(text -> SimulatedGuest.lxc(vmid, text)).orElseGet(() -> SimulatedGuest.lxc(vmid));
    }

    private void addVm(SimulatedGuest.Builder guest) {
        guest.config("smbios1", "uuid=%08x-0000-4000-8000-000000000000".formatted(vmid));
        for (SyntheticNic nic : nics) {
            if (!nic.configured().isEmpty()) {
                guest.config("ide2", "local:vm-" + vmid + "-cloudinit,media=cdrom");
                guest.config("ipconfig" + nic.index(), nic.ipConfigLine());
            }
        }
        switch (kind) {
            case VM_WITH_AGENT -> guest.agent(AgentState.ok());
            case VM_WITH_DEAD_AGENT -> guest.agent(AgentState.dead());
            case VM_TEMPLATE -> guest.template();
            default -> {}
        }
    }

    private void addInside(SimulatedGuest.Builder guest, Random random) {
        guest.inside("lo", "00:00:00:00:00:00", "127.0.0.1/8", "::1/128");
        for (SyntheticNic nic : nics) {
            guest.inside(nic.name(), nic.lowerMac(), TrueAddress.withPrefixes(nic.observed()));
            if (!nic.child().isEmpty()) {
                guest.inside(nic.name() + ".7", nic.lowerMac(), TrueAddress.withPrefixes(nic.child()));
            }
        }
        if (random.nextInt(4) == 0) {
            guest.inside("docker0", "02:42:00:00:00:01", "172.17.0.1/16");
            guest.inside("veth%07x".formatted(random.nextInt(1 << 28)), "8e:00:00:00:00:01", "fe80::1/64");
            guest.inside("tun0", null, "192.0.2.1/32");
        }
    }
}
