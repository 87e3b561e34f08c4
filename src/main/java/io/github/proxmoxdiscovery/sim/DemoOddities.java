package io.github.proxmoxdiscovery.sim;

import static io.github.proxmoxdiscovery.sim.DemoCluster.machine;
import static io.github.proxmoxdiscovery.sim.DemoCluster.vm;

import java.time.Duration;

/** The demo's guests about which less is known: stopped, silent, locked, without a name or a network. */
final class DemoOddities {

    /** Shorter than the 3 s of a real one, so that the demo is quick. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private DemoOddities() {}

    static void addTo(SimulatedCluster.Builder cluster) {
        addCloudInit(cluster);
        addSilent(cluster);
        addStopped(cluster);
        addSpecial(cluster);
    }

    private static void addCloudInit(SimulatedCluster.Builder cluster) {
        cluster.guest(vm(160, "api-1", "pve1")
                .running()
                .tags("prod;api")
                .pool("shop")
                .config("ide2", "local-zfs:vm-160-cloudinit,media=cdrom")
                .config("ciuser", "debian")
                .config("ipconfig0", "ip=10.0.20.60/24,gw=10.0.20.1,ip6=2001:db8:20::60/64")
                .config("net0", "virtio=BC:24:11:80:00:01,bridge=vmbr0,tag=20"));
    }

    private static void addSilent(SimulatedCluster.Builder cluster) {
        cluster.guest(vm(161, "legacy-app", "pve3")
                .running()
                .tags("legacy")
                .config("net0", "rtl8139=BC:24:11:80:00:02,bridge=vmbr0")
                .agent(AgentState.dead().after(PATIENCE)));
        cluster.guest(vm(162, "rhel-db", "pve2")
                .running()
                .tags("db;rhel")
                .config("net0", "virtio=BC:24:11:80:00:03,bridge=vmbr0,tag=30")
                .agent(AgentState.commandDisabled()));
        cluster.guest(vm(164, "files-1", "pve2")
                .running()
                .lock("backup")
                .tags("office;storage")
                .pool("office")
                .config("net0", "virtio=BC:24:11:80:00:05,bridge=vmbr0,tag=40")
                .agent(AgentState.stalled().after(PATIENCE)));
    }

    private static void addStopped(SimulatedCluster.Builder cluster) {
        cluster.guest(vm(150, "debian-12-template", "pve1")
                .template()
                .config("net0", "virtio=BC:24:11:90:00:01,bridge=vmbr0")
                .config("agent", "1"));
        cluster.guest(vm(151, "erp-2019", "pve1")
                .tags("archive")
                .osType("win10")
                .config("net0", "e1000=BC:24:11:90:00:02,bridge=vmbr0,tag=40")
                .config("agent", "enabled=1,fstrim_cloned_disks=1"));
        cluster.guest(vm(152, "web-2-clone", "pve3")
                .tags("test,web")
                .config("net0", "virtio=BC:24:11:20:00:02,bridge=vmbr0,tag=99")
                .config("description", "Restored from web-2 to look at last week's logs; shares its MAC."));
        cluster.guest(machine(SimulatedGuest.qemu(153), 153)
                .node("pve3")
                .config("net0", "vmxnet3=BC:24:11:90:00:04,bridge=vmbr0"));
    }

    private static void addSpecial(SimulatedCluster.Builder cluster) {
        cluster.guest(vm(163, "vault-airgap", "pve1").running().tags("prod").agent(AgentState.ok()));
        cluster.guest(vm(165, "v6only", "pve2")
                .running()
                .tags("lab;ipv6")
                .config("net0", "virtio=BC:24:11:80:00:06,bridge=vmbr0,tag=66")
                .agent(AgentState.ok())
                .inside("lo", "00:00:00:00:00:00", "::1/128")
                .inside("eth0", "bc:24:11:80:00:06", "2001:db8:66::6/64", "fd00:66::6/64", "fe80::66/64"));
    }
}
