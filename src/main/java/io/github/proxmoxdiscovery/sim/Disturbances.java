package io.github.proxmoxdiscovery.sim;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults and gates in force on a cluster. */
final class Disturbances {

    private final List<ActiveFault> faults = new CopyOnWriteArrayList<>();
    private final List<Gate> gates = new CopyOnWriteArrayList<>();

    ActiveFault add(ActiveFault fault) {
        faults.add(0, fault);
        return fault;
    }

    Gate add(Gate gate) {
        gates.add(gate);
        return gate;
    }

    void clear() {
        faults.forEach(ActiveFault::remove);
        faults.clear();
        gates.forEach(Gate::open);
        gates.clear();
    }

    void pass(String target) throws InterruptedException {
        for (Gate gate : gates) {
            gate.pass(target);
        }
    }

    /** The fault set last wins. */
    Fault faultFor(String target) {
        return faults.stream()
                .filter(fault -> fault.meets(target))
                .findFirst()
                .map(ActiveFault::fault)
                .orElseGet(Fault::none);
    }
}
