package io.github.proxmoxdiscovery.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The methods that are simulated, with the permissions of their {@code permissions} entries in PVE/API2. */
final class Routes {

    private static final String QEMU = "/nodes/{node}/qemu";
    private static final String LXC = "/nodes/{node}/lxc";
    private static final String GUEST = "/{vmid}";

    private final Inventory inventory;
    private final List<Route> routes = new ArrayList<>();

    private Routes(Inventory inventory) {
        this.inventory = inventory;
    }

    static List<Route> of(Inventory inventory, Accounts accounts, Supplier<Latency> latency, ShuffledJson json) {
        Routes routes = new Routes(inventory);
        routes.addCluster(new ClusterAnswers(inventory, json), new AccessAnswers(accounts));
        routes.addResources(new ResourceAnswers(inventory, json));
        routes.addLists(new GuestListAnswers(inventory, json));
        routes.addConfigs(new ConfigAnswers(inventory));
        routes.addAgent(new AgentAnswers(inventory, latency));
        if (inventory.flavour().hasContainerInterfaces()) {
            routes.addContainerInterfaces(new ContainerInterfaceAnswers(inventory));
        }
        return List.copyOf(routes.routes);
    }

    private void addCluster(ClusterAnswers cluster, AccessAnswers access) {
        routes.add(Route.get("/version", call -> cluster.version()));
        routes.add(Route.get("/nodes", cluster::nodes));
        routes.add(Route.get("/cluster/status", cluster::status).onDaemon().needing(Routes::sysAudit));
        routes.add(Route.get("/cluster/nextid", cluster::nextId).taking("vmid"));
        routes.add(Route.get("/cluster/sdn/ipams/pve/status", call -> List.of()).onDaemon());
        routes.add(Route.get("/access/permissions", access::permissions).taking("path", "userid"));
    }

    private void addResources(ResourceAnswers resources) {
        routes.add(Route.get("/cluster/resources", resources::resources).taking("type"));
    }

    private void addLists(GuestListAnswers lists) {
        routes.add(Route.get(QEMU, lists::qemu).onDaemon().taking("full").costing(Latency::list));
        routes.add(Route.get(LXC, lists::lxc).onDaemon().costing(Latency::list));
    }

    private void addConfigs(ConfigAnswers configs) {
        for (String guests : List.of(QEMU, LXC)) {
            routes.add(Route.get(guests + GUEST + "/config", configs::config)
                    .taking("current", "snapshot")
                    .costing(Latency::config)
                    .needing(call -> onGuest(call, List.of("VM.Audit"))));
        }
    }

    private void addAgent(AgentAnswers agent) {
        routes.add(agentCall("network-get-interfaces", agent::interfaces));
        routes.add(agentCall("get-host-name", agent::hostName));
        routes.add(agentCall("get-osinfo", agent::osInfo));
    }

    private void addContainerInterfaces(ContainerInterfaceAnswers containers) {
        routes.add(Route.get(LXC + GUEST + "/interfaces", containers::interfaces)
                .onDaemon()
                .costing(Latency::guestCall)
                .needing(call -> onGuest(call, List.of("VM.Audit"))));
    }

    private Route agentCall(String command, Route.Endpoint endpoint) {
        return Route.get(QEMU + GUEST + "/agent/" + command, endpoint)
                .onDaemon()
                .needing(call -> onGuest(call, inventory.flavour().agentPrivileges()));
    }

    /** Checked whether or not the guest exists. */
    private void onGuest(Call call, List<String> anyOf) throws ApiException {
        if (!call.caller().mayOnGuest(call.vmid(), inventory.guest(call.vmid()).flatMap(SimulatedGuest::pool), anyOf)) {
            throw ApiException.forbidden("/vms/" + call.vmid(), String.join("|", anyOf));
        }
    }

    private static void sysAudit(Call call) throws ApiException {
        if (!call.caller().may("/", "Sys.Audit")) {
            throw ApiException.forbidden("/", "Sys.Audit");
        }
    }
}
