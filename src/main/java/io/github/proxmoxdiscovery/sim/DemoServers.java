package io.github.proxmoxdiscovery.sim;

import static io.github.proxmoxdiscovery.sim.DemoCluster.container;
import static io.github.proxmoxdiscovery.sim.DemoCluster.vm;

import java.util.Locale;

/** The demo's everyday guests: the shop, the office, a few containers. */
final class DemoServers {

    private DemoServers() {}

    static void addTo(SimulatedCluster.Builder cluster) {
        addShop(cluster);
        addOffice(cluster);
        addContainers(cluster);
        addMoreContainers(cluster);
    }

    private static void addShop(SimulatedCluster.Builder cluster) {
        for (int number = 1; number <= 3; number++) {
            String mac = "BC:24:11:20:00:0" + number;
            cluster.guest(vm(100 + number, "web-" + number, "pve" + number)
                    .running()
                    .tags("prod;web")
                    .pool("shop")
                    .config("net0", "virtio=" + mac + ",bridge=vmbr0,firewall=1,tag=20")
                    .agent(AgentState.ok())
                    .inside("lo", "00:00:00:00:00:00", "127.0.0.1/8", "::1/128")
                    .inside(
                            "eth0",
                            mac.toLowerCase(Locale.ROOT),
                            "10.0.20.1" + number + "/24",
                            "2001:db8:20::1" + number + "/64",
                            "fe80::be24:11ff:fe20:" + number + "/64"));
        }
        cluster.guest(vm(104, "shop-db", "pve2")
                .running()
                .tags("prod;db;postgres")
                .pool("shop")
                .config("net0", "virtio=BC:24:11:30:00:01,bridge=vmbr0,tag=30,mtu=9000")
                .config("net1", "virtio=BC:24:11:30:00:02,bridge=vmbr1,tag=31")
                .agent(AgentState.ok())
                .inside("lo", "00:00:00:00:00:00", "127.0.0.1/8")
                .inside("ens18", "bc:24:11:30:00:01", "10.0.30.11/24", "10.0.30.10/32")
                .inside("ens19", "bc:24:11:30:00:02", "10.0.31.11/24"));
    }

    private static void addOffice(SimulatedCluster.Builder cluster) {
        cluster.guest(vm(120, "WIN-DC01", "pve1")
                .running()
                .osType("win11")
                .tags("office;windows")
                .pool("office")
                .config("net0", "e1000e=BC:24:11:40:00:01,bridge=vmbr0,tag=40")
                .config("net1", "model=virtio,macaddr=bc:24:11:40:00:02,bridge=vmbr0,tag=41,link_down=0")
                .agent(AgentState.ok())
                .inside("Ethernet", "bc:24:11:40:00:01", "10.0.40.10/24", "fe80::8d1c:71ff:22aa:9e01%6/64")
                .inside("LAN-Verbindung für Büro", "bc:24:11:40:00:02", "169.254.77.12/16", "fe80::41%9/64")
                .inside("Loopback Pseudo-Interface 1", null, "127.0.0.1/8", "::1/128"));
        cluster.guest(vm(121, "zeiterfassung", "pve3")
                .running()
                .tags("office")
                .pool("office")
                .config(
                        "description",
                        "Zeiterfassung – Büro Köln ☕\nAnsprechpartner: Jürgen Groß, 東京 für Fragen nachts")
                .config("net0", "virtio=BC:24:11:40:00:03,bridge=vmbr0,tag=40")
                .agent(AgentState.ok())
                .inside("lo", "00:00:00:00:00:00", "127.0.0.1/8", "::1/128")
                .inside("eth0", "bc:24:11:40:00:03", "10.0.40.21/24"));
    }

    private static void addContainers(SimulatedCluster.Builder cluster) {
        cluster.guest(container(201, "dns-1", "pve1")
                .running()
                .tags("infra")
                .config("net0", "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:50:00:01,ip=dhcp,ip6=auto,tag=10,type=veth")
                .inside("lo", "00:00:00:00:00:00", "127.0.0.1/8", "::1/128")
                .inside("eth0", "bc:24:11:50:00:01", "10.0.10.153/24", "2001:db8:10::153/64", "fe80::153/64"));
        cluster.guest(container(202, "proxy-1.example.com", "pve2")
                .running()
                .tags("infra;web")
                .config(
                        "net0",
                        "name=eth0,bridge=vmbr0,firewall=1,gw=10.0.20.1,hwaddr=BC:24:11:50:00:02,"
                                + "ip=10.0.20.5/24,tag=20,type=veth")
                .inside("lo", "00:00:00:00:00:00", "127.0.0.1/8")
                .inside("eth0", "bc:24:11:50:00:02", "10.0.20.5/24"));
    }

    private static void addMoreContainers(SimulatedCluster.Builder cluster) {
        cluster.guest(container(203, "mail-1", "pve2")
                .running()
                .tags("infra;mail")
                .config("net0", "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:50:00:03,ip=192.0.2.25/24,type=veth")
                .config("net1", "name=mgmt,bridge=vmbr0,hwaddr=BC:24:11:50:00:04,ip=dhcp,tag=10,type=veth")
                .inside("eth0", "bc:24:11:50:00:03", "192.0.2.25/24", "2001:db8:25::25/64")
                .inside("mgmt", "bc:24:11:50:00:04", "10.0.10.125/24"));
        cluster.guest(container(204, "wiki-old", "pve3")
                .tags("archive")
                .config("net0", "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:50:00:05,ip=10.0.10.90/24,type=veth"));
    }
}
