package io.github.proxmoxdiscovery.check;

import io.github.proxmoxdiscovery.host.AgentState;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.AgentReply;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.GuestConfig;
import io.github.proxmoxdiscovery.pve.PveFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads one guest of each kind: a running one with what it says of its interfaces, if there is any. */
final class TrialRead {

    /** So many configs are read to find a VM that has an agent. */
    private static final int TRIES = 5;

    private static final String TOO_OLD =
            "Containers can be asked from PVE 8.1 on. Before that, their configured addresses are read.";

    private final String cluster;
    private final Questions questions;
    private final List<Guest> guests;
    private final boolean mayAskAgents;
    private final List<Finding> findings = new ArrayList<>();

    /** @param guests those on nodes that are not offline */
    TrialRead(String cluster, Questions questions, List<Guest> guests, boolean mayAskAgents) {
        this.cluster = cluster;
        this.questions = questions;
        this.guests = guests;
        this.mayAskAgents = mayAskAgents;
    }

    List<Finding> findings() {
        readMachine();
        readContainer();
        return findings;
    }

    private void readMachine() {
        List<Guest> machines = of(GuestType.QEMU);
        Optional<Guest> last = Optional.empty();
        for (Guest machine : machines.subList(0, Math.min(TRIES, machines.size()))) {
            Answer answer = questions.config(machine);
            if (!answer.data().isObject()) {
                findings.add(unread("vm", machine, answer));
                return;
            }
            last = Optional.of(machine);
            GuestConfig config = GuestConfig.parse(GuestType.QEMU, answer.data());
            if (isRunning(machine) && config.agentEnabled() && config.lock() == null) {
                findings.add(Finding.ok(cluster, "vm", name(machine) + ": the config is read"));
                askAgent(machine);
                return;
            }
        }
        findings.add(last.map(machine -> Finding.ok(
                        cluster,
                        "vm",
                        name(machine) + ": the config is read; no agent among those tried is to be asked"))
                .orElse(Finding.skip(cluster, "vm", "there is none to try")));
    }

    private void askAgent(Guest machine) {
        if (!mayAskAgents) {
            findings.add(Finding.skip(
                    cluster, "agent", name(machine) + " was not asked: the privilege is missing, see above"));
            return;
        }
        Answer answer = questions.interfaces(machine);
        AgentReply reply = answer.failure().map(TrialRead::reply).orElseGet(() -> AgentReply.ofQemu(answer.data()));
        findings.add(said("agent", machine, reply));
    }

    private void readContainer() {
        List<Guest> containers = of(GuestType.LXC);
        if (containers.isEmpty()) {
            findings.add(Finding.skip(cluster, "container", "there is none to try"));
            return;
        }
        Guest container = containers.get(0);
        Answer config = questions.config(container);
        if (!config.data().isObject()) {
            findings.add(unread("container", container, config));
            return;
        }
        boolean running = isRunning(container);
        findings.add(Finding.ok(
                cluster, "container", name(container) + ": the config is read" + (running ? "" : "; none runs")));
        if (running) {
            Answer answer = questions.interfaces(container);
            AgentReply reply = answer.failure().map(TrialRead::reply).orElseGet(() -> AgentReply.ofLxc(answer.data()));
            findings.add(said("interfaces", container, reply));
        }
    }

    private static AgentReply reply(PveFailure failure) {
        return failure.reason() == Reason.TIMEOUT && failure.status() == 0
                ? AgentReply.ofTimeout(failure.message())
                : AgentReply.ofFailure(failure.status(), failure.message());
    }

    private Finding said(String what, Guest guest, AgentReply reply) {
        if (reply.state() == AgentState.OK) {
            int count = reply.interfaces().size();
            return Finding.ok(
                    cluster, what, name(guest) + " tells " + count + (count == 1 ? " interface" : " interfaces"));
        }
        if (reply.state() == AgentState.OFF) {
            return Finding.ok(cluster, what, name(guest) + ": it does not run any more");
        }
        boolean tooOld = reply.state() == AgentState.UNSUPPORTED && guest.type() == GuestType.LXC;
        String remedy =
                tooOld ? TOO_OLD : reply.state().reason().map(this::remedy).orElse("");
        return Finding.warn(cluster, what, name(guest) + ": " + reply.message(), remedy, List.of());
    }

    private Finding unread(String what, Guest guest, Answer answer) {
        Reason reason = answer.failure().map(PveFailure::reason).orElse(Reason.BAD_REPLY);
        String why = answer.failure().map(PveFailure::message).orElse("the answer is no config");
        return Finding.fail(cluster, what, name(guest) + " cannot be read: " + why, remedy(reason), List.of());
    }

    private String remedy(Reason reason) {
        return reason.remedy().replace("proxmox.<name>", "proxmox." + cluster);
    }

    /** Running ones first, and those that are left alone while something goes on with them last. */
    private List<Guest> of(GuestType type) {
        return guests.stream()
                .filter(guest -> guest.type() == type)
                .sorted(Comparator.comparing((Guest guest) -> guest.template() || guest.lock() != null)
                        .thenComparing(guest -> !isRunning(guest))
                        .thenComparing(Guest::vmid))
                .toList();
    }

    private static boolean isRunning(Guest guest) {
        return "running".equals(guest.status());
    }

    private static String name(Guest guest) {
        return guest.type().text() + "/" + guest.vmid() + " on " + guest.node();
    }
}
