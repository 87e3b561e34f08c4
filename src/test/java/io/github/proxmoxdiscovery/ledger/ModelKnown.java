package io.github.proxmoxdiscovery.ledger;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a program must know that was told of these looks, by the rules as they are written down. */
final class ModelKnown {

    private static final int AFTER = 2;
    private static final int AFTER_IF_HELD = 12;
    private static final int MAX_PERCENT = 20;
    private static final int ALWAYS = 5;

    /** Not final: what a look changes. */
    private static final class Known {

        TestHost host;
        boolean excluded;
        int looks;
        boolean held;
        boolean confirmed;
    }

    private final Map<String, Known> known = new TreeMap<>();

    /** Those that were there at some time and are removed now. */
    final Set<String> removed = new TreeSet<>();

    private String lastPermissions;
    private String lastSettings;
    private long before;
    private int removals;

    void look(boolean full, boolean complete, List<TestHost> seen, Set<String> excluded, String may, String settings) {
        Set<String> ids = new TreeSet<>();
        for (TestHost host : seen) {
            ids.add(host.id());
            saw(host);
        }
        for (Known one : known.values()) {
            if (excluded.contains(one.host.guest()) && !ids.contains(one.host.id())) {
                one.excluded = true;
                found(one);
                ids.add(one.host.id());
            }
        }
        if (full) {
            Set<String> absent = new TreeSet<>(known.keySet());
            absent.removeAll(ids);
            missed(absent, complete, may, settings);
        }
        if (full && complete) {
            lastPermissions = may;
            lastSettings = settings;
        }
    }

    private void saw(TestHost host) {
        Known one = known.computeIfAbsent(host.id(), id -> new Known());
        one.host = host;
        one.excluded = false;
        found(one);
        removed.remove(host.id());
    }

    private static void found(Known one) {
        one.looks = 0;
        one.held = false;
        one.confirmed = false;
    }

    private void missed(Set<String> absent, boolean complete, String may, String settings) {
        if (!complete) {
            absent.forEach(id -> known.get(id).looks = 0);
            return;
        }
        boolean anew = !Objects.equals(may, lastPermissions) || !Objects.equals(settings, lastSettings);
        long vanished = absent.stream().filter(id -> !known.get(id).confirmed).count();
        // Those that the look saw for the first time are no base for a share.
        boolean mass = vanished > ALWAYS && vanished * 100 > (long) MAX_PERCENT * before;
        for (String id : absent) {
            Known one = known.get(id);
            one.looks = anew ? 1 : one.looks + 1;
            one.confirmed &= !anew;
            one.held = !one.confirmed && (one.held || anew || mass);
            if (one.confirmed || one.looks >= (one.held ? AFTER_IF_HELD : AFTER)) {
                known.remove(id);
                removed.add(id);
                removals++;
            }
        }
    }

    /** To be said before each look. */
    void begin() {
        before = known.size();
        removals = 0;
    }

    /** Of the last look. */
    int removals() {
        return removals;
    }

    void confirm() {
        for (Known one : known.values()) {
            one.confirmed |= one.held;
            one.held = false;
        }
    }

    long held() {
        return known.values().stream().filter(one -> one.held).count();
    }

    /** By id; excluded ones are not in it. */
    Map<String, TestHost> present() {
        Map<String, TestHost> present = new TreeMap<>();
        known.forEach((id, one) -> {
            if (!one.excluded) {
                present.put(id, one.host);
            }
        });
        return present;
    }
}
