package io.github.proxmoxdiscovery.sim;

import static io.github.proxmoxdiscovery.sim.DemoCluster.vm;

import java.util.List;

/** What goes on in the demo's cluster: small changes of every day, one after the other, in rounds without end. */
public final class DemoLife {

    private static final int BUILD = 180;
    private static final int WEB = 102;
    private static final int OFFICE = 121;
    private static final String OFFICE_MAC = "bc:24:11:40:00:03";
    private static final int CONTAINER = 204;

    private final List<Runnable> changes;
    private int done;

    public DemoLife(SimulatedCluster cluster) {
        changes = List.of(
                () -> cluster.put(build()),
                () -> cluster.migrate(WEB, "pve1"),
                () -> cluster.change(OFFICE, guest -> addressed(guest, "10.0.40.22/24")),
                () -> cluster.change(CONTAINER, SimulatedGuest.Builder::running),
                () -> cluster.migrate(WEB, "pve2"),
                () -> cluster.remove(BUILD),
                () -> cluster.change(OFFICE, guest -> addressed(guest, "10.0.40.21/24")),
                () -> cluster.change(CONTAINER, SimulatedGuest.Builder::stopped));
    }

    private static SimulatedGuest.Builder build() {
        return vm(BUILD, "build-1", "pve1")
                .running()
                .tags("ci")
                .config("net0", "virtio=BC:24:11:A0:00:01,bridge=vmbr0,tag=10")
                .agent(AgentState.ok())
                .inside("eth0", "bc:24:11:a0:00:01", "10.0.10.180/24");
    }

    private static SimulatedGuest.Builder addressed(SimulatedGuest.Builder guest, String address) {
        return guest.nothingInside()
                .inside("lo", "00:00:00:00:00:00", "127.0.0.1/8", "::1/128")
                .inside("eth0", OFFICE_MAC, address);
    }

    /** How many changes a round has; after it everything is as it was. */
    public int round() {
        return changes.size();
    }

    /** Makes the next change. */
    public synchronized void change() {
        changes.get(done++ % changes.size()).run();
    }
}
