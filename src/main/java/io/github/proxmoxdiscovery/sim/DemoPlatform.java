package io.github.proxmoxdiscovery.sim;

import static io.github.proxmoxdiscovery.sim.DemoCluster.vm;

/** The demo's guests with a network life of their own: firewall, router, container hosts. */
final class DemoPlatform {

    private DemoPlatform() {}

    static void addTo(SimulatedCluster.Builder cluster) {
        cluster.guest(firewall());
        cluster.guest(router());
        cluster.guest(dockerHost());
        for (int number = 1; number <= 3; number++) {
            cluster.guest(kubernetesNode(number));
        }
    }

    /** The trunk port is seen by its VLANs, which share its MAC. */
    private static SimulatedGuest.Builder firewall() {
        return vm(110, "fw-1", "pve1")
                .running()
                .osType("other")
                .tags("infra;firewall")
                .config("agent", "enabled=1,type=isa")
                .config("net0", "virtio=BC:24:11:10:00:01,bridge=vmbr1")
                .config("net1", "virtio=BC:24:11:10:00:02,bridge=vmbr0,tag=10")
                .config("net2", "virtio=BC:24:11:10:00:03,bridge=vmbr0,trunks=20;30;40-41")
                .config("net3", "virtio=BC:24:11:10:00:04,bridge=vmbr2,link_down=1")
                .agent(AgentState.ok())
                .inside("lo0", null, "127.0.0.1/8", "::1/128")
                .inside("vtnet0", "bc:24:11:10:00:01", "203.0.113.2/29", "2001:db8:ffff::2/64")
                .inside("vtnet1", "bc:24:11:10:00:02", "10.0.10.1/24")
                .inside("vtnet2", "bc:24:11:10:00:03")
                .inside("vtnet2.20", "bc:24:11:10:00:03", "10.0.20.1/24", "2001:db8:20::1/64")
                .inside("vtnet2.30", "bc:24:11:10:00:03", "10.0.30.1/24")
                .inside("vtnet2.40", "bc:24:11:10:00:03", "10.0.40.1/24")
                .inside("vtnet3", "bc:24:11:10:00:04")
                .inside("wg0", null, "10.99.0.1/24");
    }

    /** Both ports of the bond and everything above it show the MAC of the first. */
    private static SimulatedGuest.Builder router() {
        return vm(111, "router-lab", "pve3")
                .running()
                .tags("lab")
                .config("net0", "virtio=BC:24:11:10:00:11,bridge=vmbr0")
                .config("net1", "virtio=BC:24:11:10:00:12,bridge=vmbr0")
                .agent(AgentState.ok())
                .inside("lo", "00:00:00:00:00:00", "127.0.0.1/8", "::1/128")
                .inside("ens18", "bc:24:11:10:00:11")
                .inside("ens19", "bc:24:11:10:00:11")
                .inside("bond0", "bc:24:11:10:00:11", "198.51.100.1/24")
                .inside("bond0.60", "bc:24:11:10:00:11", "10.0.60.1/24", "2001:db8:60::1/64");
    }

    private static SimulatedGuest.Builder dockerHost() {
        return vm(130, "docker-1", "pve2")
                .running()
                .tags("docker;ci")
                .config("net0", "virtio=BC:24:11:60:00:01,bridge=vmbr0,tag=10")
                .agent(AgentState.ok())
                .inside("lo", "00:00:00:00:00:00", "127.0.0.1/8", "::1/128")
                .inside("eth0", "bc:24:11:60:00:01", "10.0.10.30/24")
                .inside("docker0", "02:42:7a:10:00:01", "172.17.0.1/16")
                .inside("br-5d1f3a2b9c04", "02:42:7a:10:00:02", "172.18.0.1/16")
                .inside("vethd2c1a07", "8e:11:7a:10:00:03", "fe80::8c11:7aff:fe10:3/64")
                .inside("veth01b77ce", "8e:11:7a:10:00:04", "fe80::8c11:7aff:fe10:4/64");
    }

    private static SimulatedGuest.Builder kubernetesNode(int number) {
        String mac = "bc:24:11:70:00:0" + number;
        return vm(139 + number, "k8s-" + number, "pve" + number)
                .running()
                .tags("k8s;prod")
                .pool("k8s")
                .config("net0", "virtio=BC:24:11:70:00:0" + number + ",bridge=vmbr0,tag=70,queues=2")
                .agent(AgentState.ok())
                .inside("lo", "00:00:00:00:00:00", "127.0.0.1/8", "::1/128")
                .inside("eth0", mac, "10.0.70.1" + number + "/24", "2001:db8:70::1" + number + "/64")
                .inside("flannel.1", "7e:00:00:70:00:0" + number, "10.244." + number + ".0/32")
                .inside("cni0", "7e:00:00:71:00:0" + number, "10.244." + number + ".1/24")
                .inside("kube-ipvs0", "7e:00:00:72:00:0" + number, "10.96.0.1/32", "10.96.0.10/32")
                .inside("tunl0", null);
    }
}
