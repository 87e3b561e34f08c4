package io.github.proxmoxdiscovery.sim;

/** The cluster of {@code demo}: three nodes of a small company, with what one finds on such nodes. */
public final class DemoCluster {

    public static final String TOKEN_ID = "discovery@pve!demo";
    public static final String TOKEN_SECRET = "00000000-1111-4222-8333-444444444444";

    private DemoCluster() {}

    public static SimulatedCluster.Builder create() {
        SimulatedCluster.Builder cluster = SimulatedCluster.builder()
                .name("demo")
                .nodes("pve1", "pve2", "pve3")
                .token(TOKEN_ID, TOKEN_SECRET);
        DemoServers.addTo(cluster);
        DemoPlatform.addTo(cluster);
        DemoOddities.addTo(cluster);
        return cluster;
    }

    /** A VM with what every VM has in its config. */
    static SimulatedGuest.Builder vm(int vmid, String name, String node) {
        return machine(SimulatedGuest.qemu(vmid, name), vmid).node(node);
    }

    static SimulatedGuest.Builder machine(SimulatedGuest.Builder guest, int vmid) {
        return guest.osType("l26")
                .config("memory", 2048)
                .config("cores", 2)
                .config("boot", "order=scsi0;net0")
                .config("scsihw", "virtio-scsi-single")
                .config("scsi0", "local-zfs:vm-" + vmid + "-disk-0,discard=on,iothread=1,size=32G")
                .config("smbios1", "uuid=5f1d7c3e-0000-4000-8000-%012d".formatted(vmid))
                .config("vmgenid", "8a6be8d7-0000-4000-8000-%012d".formatted(vmid));
    }

    static SimulatedGuest.Builder container(int vmid, String hostname, String node) {
        return SimulatedGuest.lxc(vmid, hostname)
                .node(node)
                .osType("debian")
                .config("arch", "amd64")
                .config("memory", 1024)
                .config("cores", 1)
                .config("unprivileged", 1)
                .config("rootfs", "local-zfs:subvol-" + vmid + "-disk-0,size=8G");
    }
}
