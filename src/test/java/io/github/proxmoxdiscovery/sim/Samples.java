package io.github.proxmoxdiscovery.sim;

/** A small cluster for the tests of the simulation itself. */
final class Samples {

    static final String TOKEN_ID = "test@pve!token";
    static final String SECRET = "66666666-2222-4333-8444-555555555555";
    static final String AUTHORIZATION = authorization(TOKEN_ID, SECRET);

    private Samples() {}

    /** Nodes pve1 and pve2; VM 101 with agent, container 201, both on pve1, and VM 102 on pve2. */
    static SimulatedCluster.Builder cluster() {
        return SimulatedCluster.builder()
                .nodes("pve1", "pve2")
                .token(TOKEN_ID, SECRET)
                .guest(SimulatedGuest.qemu(101, "web")
                        .running()
                        .pool("shop")
                        .config("memory", 2048)
                        .config("net0", "virtio=BC:24:11:00:00:01,bridge=vmbr0")
                        .agent(AgentState.ok())
                        .inside("eth0", "bc:24:11:00:00:01", "10.0.0.1/24", "fe80::1/64"))
                .guest(SimulatedGuest.qemu(102, "db").node("pve2").config("net0", "virtio=BC:24:11:00:00:02"))
                .guest(SimulatedGuest.lxc(201, "dns")
                        .running()
                        .config("memory", 512)
                        .inside("eth0", "bc:24:11:00:00:03", "10.0.0.3/24", "2001:db8::3/64", "fe80::3/64"));
    }

    static String authorization(String tokenId, String secret) {
        return "Authorization: PVEAPIToken=" + tokenId + "=" + secret;
    }
}
