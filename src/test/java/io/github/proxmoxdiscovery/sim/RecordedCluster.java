package io.github.proxmoxdiscovery.sim;

import java.util.List;

/** The cluster from which the transcripts were recorded: node {@code vm}, and {@code pve2}, which is off. */
final class RecordedCluster {

    static final String SECRET = "11111111-2222-4333-8444-555555555555";

    private RecordedCluster() {}

    static SimulatedCluster.Builder create() {
        SimulatedCluster.Builder cluster = SimulatedCluster.builder()
                .nodes("vm")
                .node("pve2", NodeState.offline())
                .token("mon@pve!disc", SECRET, Privileges.auditor().with("/vms/100"))
                .token("mon@pve!sep", SECRET, Privileges.none())
                .token("low@pve!tt", SECRET, Privileges.none())
                .guest(web())
                .guest(container());
        machines().forEach(cluster::guest);
        return cluster;
    }

    private static List<SimulatedGuest.Builder> machines() {
        return List.of(
                SimulatedGuest.qemu(101)
                        .node("vm")
                        .running()
                        .listedAs("stopped")
                        .osType("win11")
                        .config("memory", "512")
                        .config("onboot", 1)
                        .config("agent", "0")
                        .config("cores", 1)
                        .config("net0", "virtio=BC:24:11:00:00:03,bridge=vmbr0"),
                vm(102, "noagent", "04").template().listedAs("stopped").config("cores", 1),
                vm(103, "agent-dead", "05")
                        .running()
                        .config("agent", "enabled=1,fstrim_cloned_disks=1")
                        .agent(AgentState.dead()),
                vm(104, "agent-old", "06").running().lock("backup").agent(AgentState.commandNotFound()),
                vm(105, "agent-stall", "07").running().agent(AgentState.stalled()),
                vm(150, "stopped-with-agent", "50").agent(AgentState.ok()),
                vm(200, "elsewhere", "60").node("pve2").running());
    }

    /** Most had no status broadcast at that time. */
    private static SimulatedGuest.Builder vm(int vmid, String name, String mac) {
        return SimulatedGuest.qemu(vmid, name)
                .node("vm")
                .listedAs("unknown")
                .config("memory", "512")
                .config("net0", "virtio=BC:24:11:00:00:" + mac + ",bridge=vmbr0");
    }

    private static SimulatedGuest.Builder web() {
        return webConfig()
                .agent(AgentState.ok())
                .hostName("wéb01")
                .inside("lo", "00:00:00:00:00:00", "127.0.0.1/8", "::1/128")
                .inside(new GuestInterface(
                        "Подключение", "bc:24:11:00:00:01", List.of("10.1.2.3/24", "fe80::1%12/64"), false))
                .inside(new GuestInterface("noaddr", "bc:24:11:00:00:02", List.of(), false))
                .inside(new GuestInterface("tun0", null, List.of(), false));
    }

    private static SimulatedGuest.Builder webConfig() {
        return SimulatedGuest.qemu(100, "web01")
                .node("vm")
                .running()
                .tags("prod;web")
                .osType("l26")
                .config("description", "Web server: main")
                .config("cores", 2)
                .config("memory", "2048")
                .config("scsihw", "virtio-scsi-single")
                .config("meta", "creation-qemu=9.0.2,ctime=1720000000")
                .config("smbios1", "uuid=2f3c1c8e-0000-4000-8000-000000000001")
                .config("vmgenid", "0c1d5c65-0000-4000-8000-000000000001")
                .config("boot", "order=scsi0")
                .config("parent", "snap1")
                .config("net0", "virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=1,tag=20")
                .config("net1", "model=e1000,macaddr=bc:24:11:aa:bb:cc,link_down=1")
                .pending("net2", "virtio=BC:24:11:00:00:02,bridge=vmbr1")
                .pendingDeletion("net1");
    }

    private static SimulatedGuest.Builder container() {
        return SimulatedGuest.lxc(300, "ct1.example.com")
                .node("vm")
                .tags("a;b")
                .osType("debian")
                .config("lxc", List.of(List.of("lxc.apparmor.profile", "unconfined")))
                .config("net0", "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:0A:00:01,ip=10.0.0.5/24,gw=10.0.0.1,type=veth")
                .config("net1", "name=eth1,bridge=vmbr0,hwaddr=BC:24:11:0A:00:02,ip=dhcp,ip6=auto,tag=5,type=veth")
                .config("rootfs", "local:300/vm-300-disk-0.raw,size=8G")
                .config("memory", 512)
                .config("arch", "amd64")
                .config("cores", 1)
                .config("unprivileged", 1);
    }
}
