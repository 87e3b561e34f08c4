package io.github.proxmoxdiscovery.sim;

import io.github.proxmoxdiscovery.sim.SyntheticGuest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Draws synthetic guests; the same seed draws the same ones. */
final class SyntheticTruth {

    private static final List<String> ROLES = List.of("web", "db", "app", "mail", "ci", "cache", "vpn", "log");
    private static final List<String> TAGS = List.of("prod", "test", "web", "db", "linux", "backup-daily");
    private static final List<String> POOLS = List.of("shop", "office", "lab");

    private final Random random;
    private final List<String> nodes;
    private final double deadAgents;
    private int lastMac;
    private int lastAddress;

    SyntheticTruth(long seed, List<String> nodes, double deadAgents) {
        this.random = new Random(seed);
        this.nodes = nodes;
        this.deadAgents = deadAgents;
    }

    List<SyntheticGuest> draw(int number) {
        List<SyntheticGuest> guests = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            guests.add(guest(100 + i));
        }
        return guests;
    }

    private SyntheticGuest guest(int vmid) {
        Kind kind = kind();
        Optional<String> name =
                random.nextInt(30) == 0 ? Optional.empty() : Optional.of(ROLES.get(vmid % ROLES.size()) + "-" + vmid);
        Optional<String> pool = random.nextInt(3) == 0 ? Optional.of(oneOf(POOLS)) : Optional.empty();
        List<String> tags = TAGS.stream().filter(tag -> random.nextInt(4) == 0).toList();
        List<SyntheticNic> nics = new ArrayList<>();
        int number = 1 + Math.max(0, random.nextInt(10) - 6);
        for (int index = 0; index < number; index++) {
            nics.add(nic(index));
        }
        return new SyntheticGuest(kind, vmid, oneOf(nodes), name, tags, pool, List.copyOf(nics));
    }

    private Kind kind() {
        int drawn = random.nextInt(100);
        if (drawn < 45) {
            return random.nextDouble() < deadAgents ? Kind.VM_WITH_DEAD_AGENT : Kind.VM_WITH_AGENT;
        }
        if (drawn < 55) {
            return Kind.VM_WITHOUT_AGENT;
        }
        if (drawn < 65) {
            return Kind.VM_STOPPED;
        }
        if (drawn < 68) {
            return Kind.VM_TEMPLATE;
        }
        return drawn < 90 ? Kind.CONTAINER : Kind.CONTAINER_STOPPED;
    }

    private SyntheticNic nic(int index) {
        lastMac++;
        String mac = "BC:24:11:%02X:%02X:%02X".formatted(lastMac >> 16 & 255, lastMac >> 8 & 255, lastMac & 255);
        Integer vlan = random.nextInt(3) == 0 ? null : Integer.valueOf(1 + random.nextInt(4094));
        boolean isStatic = random.nextInt(2) == 0;
        List<TrueAddress> addresses = new ArrayList<>(List.of(v4()));
        if (random.nextInt(3) == 0) {
            addresses.add(v6());
        }
        List<TrueAddress> observed = new ArrayList<>(addresses);
        observed.add(0, TrueAddress.linkLocal(lastMac));
        if (random.nextInt(5) == 0) {
            observed.add(v4());
        }
        List<TrueAddress> child = random.nextInt(8) == 0 ? List.of(v4(), v6()) : List.of();
        return new SyntheticNic(
                index,
                mac,
                vlan,
                "vmbr" + random.nextInt(3),
                isStatic ? List.copyOf(addresses) : List.of(),
                List.copyOf(observed),
                child);
    }

    private TrueAddress v4() {
        return TrueAddress.v4(++lastAddress);
    }

    private TrueAddress v6() {
        lastAddress++;
        return TrueAddress.v6(1 + lastAddress / 0xffff, 1 + lastAddress % 0xffff);
    }

    private String oneOf(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
